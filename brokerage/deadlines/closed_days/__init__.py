"""Days on which the council is closed beside bank holidays, and moving the clocks that run over one."""
