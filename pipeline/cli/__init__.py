"""The command line: one short module a command, loaded only when it is called. The only room that prints."""
