"""Documents in and out: uploaded files become blocks of an act, and acts become files. Pure: no database, no web."""
