// The part of ncurses that Ensayo uses, as plain functions.
//
// Swift sees neither macros, globals and variadics of ncurses nor its WINDOW. ncurses is one screen a process and not
// thread-safe: call everything here from one thread, the one that called screen_open.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// ---- Text

/// Chooses how characters are written, from LC_ALL, LC_CTYPE and LANG. Whether the result is UTF-8.
bool text_use_locale(void);
/// Columns of a scalar as the C library counts them; -1: not printable.
int text_width(uint32_t scalar);
/// The name of the locale in use, which text_use_locale has chosen.
const char *text_locale(void);

// ---- What there is, without opening a screen

typedef struct {
    /// Whether TERM names a terminal that is described here. Without it the rest is nothing.
    bool is_known;
    bool places_cursor;
    bool is_direct;
    bool has_mouse;
    int32_t colours;
    /// Keys without a description: bit i stands for the i-th of up, down, left, right, home, end, page up, page down,
    /// shift-tab, delete.
    uint32_t missing_keys;
} TerminalTraits;

TerminalTraits terminal_traits(void);
/// As in "ncurses 6.5.20250216".
const char *terminal_library(void);
/// The size of the terminal behind a descriptor; `false`: it is none, or does not know.
bool terminal_size(int descriptor, int *width, int *height);

// ---- Screen

typedef enum {
    ScreenOpened, ScreenUnknownTerminal, ScreenNoCursorAddressing, ScreenOpenedBefore, ScreenFailed,
} ScreenStatus;

/// Opens the screen of the terminal that TERM names, once a process.
ScreenStatus screen_open(int input, int output);
/// Gives the terminal back and writes what went to stderr in the meantime. Safe to call twice, and before opening.
void screen_close(void);
int screen_width(void);
int screen_height(void);
/// Takes another size as a resize of the terminal would: for screens that are no terminal.
void screen_resize(int width, int height);
/// Blanks everything, and has the next flush paint from nothing.
void screen_clear(void);
/// Sends what changed, and leaves the cursor there; hidden when `x` is negative.
void screen_flush(int x, int y);

/// Sends a command of the terminal's own, with the next flush. Without `$`, which ncurses takes for a pause.
void screen_command(const char *command);

// ---- Cells

enum {
    CellBold = 1,
    CellDim = 2,
    CellItalic = 4,
    CellUnderline = 8,
    CellReverse = 16,
    CellMostScalars = 5,
};

typedef struct {
    /// A base and its marks, then zeros.
    uint32_t scalars[CellMostScalars];
    uint32_t attributes;
    int32_t pair;
} ScreenCell;

void screen_put(int x, int y, ScreenCell cell);
/// The cell that ncurses takes the terminal to show. The right half of a wide character has no scalars.
ScreenCell screen_get(int x, int y);
/// Whether ncurses writes the bottom right cell one column to the left and pushes it into place, for the terminal would
/// scroll. A wide character on the left of that cell does not survive it.
bool screen_inserts_corner(void);
/// The attributes that the terminal shows; those that it does not show on a coloured cell.
uint32_t screen_attributes(void);
uint32_t screen_colourless_attributes(void);

// ---- Colours

/// Whether the terminal has colours; then it starts them.
bool colour_start(void);
int32_t colour_count(void);
/// Whether colour numbers are red, green and blue, eight bits each (terminfo `RGB`).
bool colour_is_direct(void);
/// The number of pairs, with pair 0: the terminal's own colours.
int32_t colour_pairs(void);
/// Whether -1 stands for the terminal's own colour.
bool colour_has_default(void);
bool colour_set_pair(int32_t pair, int32_t foreground, int32_t background);
bool colour_get_pair(int32_t pair, int32_t *foreground, int32_t *background);

// ---- Input

typedef enum {
    InputNone, InputCharacter, InputFunction, InputResize, InputUnknown,
    InputUp, InputDown, InputLeft, InputRight, InputHome, InputEnd, InputPageUp, InputPageDown,
    InputEnter, InputBackTab, InputBackspace, InputDelete, InputPress, InputWheelUp, InputWheelDown,
} InputKind;

typedef struct {
    InputKind kind;
    /// The scalar of InputCharacter, the number of InputFunction.
    uint32_t value;
    /// Where the mouse was, for InputPress and the wheel.
    int32_t x, y;
} Input;

typedef enum { WaitReady, WaitTimedOut, WaitInterrupted, WaitGone } WaitResult;

/// Has the terminal report presses and the wheel, until the screen is closed. Whether it can.
bool mouse_start(void);
/// The next key, without waiting.
Input input_read(void);
/// Waits until a key or a signal is there. Seconds negative: for ever.
WaitResult input_wait(int64_t seconds, int64_t nanoseconds);
/// Which of SIGINT, SIGTERM and SIGHUP came last since the last call; 0: none.
int signal_took_quit(void);
/// Whether the program was stopped and continued since the last call. Reads the size again.
bool signal_took_resume(void);
