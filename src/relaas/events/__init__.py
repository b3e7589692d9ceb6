"""What happened, to whom, by whom: PLOVER events and changes of control, by frames over the dependency tree."""
