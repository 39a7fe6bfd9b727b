// purpose: a version touches a record once, and what it did is found by its place.
// parameters: none
// schema
CREATE CONSTRAINT release_touch_id IF NOT EXISTS
FOR (touch:ReleaseTouch) REQUIRE (touch.agreement, touch.place, touch.id) IS UNIQUE
