// purpose: there is one turn to write, and with it one mark that this server has holdings.
// parameters: none
// schema
CREATE CONSTRAINT holdings_name IF NOT EXISTS
FOR (holdings:Holdings) REQUIRE holdings.name IS UNIQUE
