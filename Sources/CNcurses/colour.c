#include "private.h"

static bool direct;
static bool has_default;

// The capability is a boolean, a number of bits or a string of three of them, by who wrote the entry.
bool terminfo_is_direct(int colours) {
    char *text = tigetstr("RGB");
    bool flagged = tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || (text && text != (char *)-1);
    return flagged && colours >= 1 << 24;
}

bool colour_start(void) {
    if (!has_colors() || start_color() == ERR) return false;
    has_default = use_default_colors() == OK;
    direct = terminfo_is_direct(COLORS);
    return true;
}

bool colour_is_direct(void) { return direct; }
int32_t colour_count(void) { return COLORS; }
int32_t colour_pairs(void) { return COLOR_PAIRS; }
bool colour_has_default(void) { return has_default; }

bool colour_set_pair(int32_t pair, int32_t foreground, int32_t background) {
    return init_extended_pair(pair, foreground, background) == OK;
}

bool colour_get_pair(int32_t pair, int32_t *foreground, int32_t *background) {
    return extended_pair_content(pair, foreground, background) == OK;
}
