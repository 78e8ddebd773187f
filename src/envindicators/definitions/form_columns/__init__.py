"""Where the columns of a table come from in the file of an office: a module for each way that `Form` knows."""
