// ncurses
