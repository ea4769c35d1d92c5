#include "private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

static const int escape_milliseconds = 25;

static enum { NeverOpened, Open, Closed } state = NeverOpened;

// newterm fails on what TERM does not name, where initscr would end the process; but it takes a terminal that cannot
// place its cursor.
static ScreenStatus look_up_terminal(int output) {
    int status = 0;
    const char *name = getenv("TERM");
    if (!name || !*name || (setupterm(NULL, output, &status) == ERR && status <= 0)) return ScreenUnknownTerminal;
    return cursor_address ? ScreenOpened : ScreenNoCursorAddressing;
}

ScreenStatus screen_open(int input, int output) {
    if (state != NeverOpened) return ScreenOpenedBefore;
    ScreenStatus known = look_up_terminal(output);
    if (known != ScreenOpened) return known;
    FILE *in = fdopen(dup(input), "r");
    FILE *out = fdopen(dup(output), "w");
    if (!in || !out) return ScreenFailed;
    guard_prepare(input, output);
    // The terminal's own size goes before LINES and COLUMNS, which stay as they are when it changes.
    use_tioctl(isatty(output));
    if (!newterm(NULL, out, in)) {
        guard_stop();
        fclose(in);
        fclose(out);
        return ScreenUnknownTerminal;
    }
    state = Open;
    set_escdelay(escape_milliseconds);
    cbreak();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    guard_start();
    atexit(screen_close);
    return ScreenOpened;
}

void screen_close(void) {
    if (state != Open) return;
    state = Closed;
    endwin();
    guard_stop();
}

int screen_width(void) { return COLS; }
int screen_height(void) { return LINES; }

void screen_resize(int width, int height) { resizeterm(height, width); }

void screen_clear(void) {
    werase(stdscr);
    clearok(curscr, TRUE);
}

void screen_flush(int x, int y) {
    curs_set(x < 0 ? 0 : 1);
    wmove(stdscr, x < 0 ? 0 : y, x < 0 ? 0 : x);
    wnoutrefresh(stdscr);
    doupdate();
}

// ---- Cells

static const struct {
    uint32_t ours;
    attr_t theirs;
} attribute_pairs[] = {
    {CellBold, A_BOLD}, {CellDim, A_DIM}, {CellItalic, A_ITALIC}, {CellUnderline, A_UNDERLINE},
    {CellReverse, A_REVERSE},
};
enum { attribute_count = sizeof attribute_pairs / sizeof *attribute_pairs };

static attr_t to_ncurses(uint32_t attributes) {
    attr_t result = A_NORMAL;
    for (int i = 0; i < attribute_count; i++) {
        if (attributes & attribute_pairs[i].ours) result |= attribute_pairs[i].theirs;
    }
    return result;
}

static uint32_t from_ncurses(attr_t attributes) {
    uint32_t result = 0;
    for (int i = 0; i < attribute_count; i++) {
        if (attributes & attribute_pairs[i].theirs) result |= attribute_pairs[i].ours;
    }
    return result;
}

void screen_put(int x, int y, ScreenCell cell) {
    wchar_t text[CellMostScalars + 1] = {0};
    for (int i = 0; i < CellMostScalars; i++) text[i] = (wchar_t)cell.scalars[i];
    cchar_t character;
    int pair = cell.pair;
    // The pair goes through the pointer: the short before it ends at 32,767.
    if (setcchar(&character, text, to_ncurses(cell.attributes), 0, &pair) == ERR) return;
    // The bottom right cell answers ERR, for the cursor cannot move on; it is painted all the same.
    (void)mvwadd_wch(stdscr, y, x, &character);
}

ScreenCell screen_get(int x, int y) {
    ScreenCell cell = {{0}, 0, 0};
    cchar_t character;
    wchar_t text[CCHARW_MAX + 1] = {0};
    attr_t attributes = 0;
    short narrow = 0;
    int pair = 0;
    if (mvwin_wch(curscr, y, x, &character) == ERR) return cell;
    if (getcchar(&character, text, &attributes, &narrow, &pair) == ERR) return cell;
    for (int i = 0; i < CellMostScalars && text[i]; i++) cell.scalars[i] = (uint32_t)text[i];
    cell.attributes = from_ncurses(attributes);
    cell.pair = pair;
    return cell;
}

bool screen_inserts_corner(void) { return auto_right_margin && !(enter_am_mode && exit_am_mode); }

uint32_t screen_attributes(void) { return from_ncurses(term_attrs()); }

uint32_t screen_colourless_attributes(void) {
    // The order of bits in terminfo's no_color_video.
    static const uint32_t order[] = {0, CellUnderline, CellReverse, 0, CellDim, CellBold};
    int mask = tigetnum("ncv");
    uint32_t result = 0;
    for (int i = 0; mask > 0 && i < (int)(sizeof order / sizeof *order); i++) {
        if (mask & 1 << i) result |= order[i];
    }
    return result;
}
