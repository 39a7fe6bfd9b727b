// purpose: whose the holdings here are that have the labels of no home, as earlier versions kept them.
// parameters: none
// read, of every home
MATCH (memory:Memory {name: 'home'})
RETURN memory.text AS owner
