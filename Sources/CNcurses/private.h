#pragma once

#define _GNU_SOURCE 1
#define NCURSES_WIDECHAR 1

#include <curses.h>
#include <signal.h>
#include <term.h>

#include "CNcurses.h"

/// Before ncurses opens: remembers the terminal as it is and catches what asks the program to end.
void guard_prepare(int input, int output);
/// While ncurses is open: a crash gives the terminal back, and stderr waits in a log.
void guard_start(void);
/// After ncurses closed: signals and stderr are as they were.
void guard_stop(void);

/// Whether the terminal that was looked up takes red, green and blue for a colour's number.
bool terminfo_is_direct(int colours);

/// The terminal's descriptors.
extern int guard_input, guard_output;
/// Whether the terminal reports the mouse: a crash must end that too.
extern volatile bool guard_has_mouse;
/// The signals masked while the program waits for input. At other times those it reacts to are held back, so that
/// none comes between looking and waiting, and ncurses' own handlers never run in the middle of a painting.
extern sigset_t guard_waiting_mask;
