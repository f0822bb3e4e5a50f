"""How right formcheck is: its output on landmark traces against rendered truth."""
