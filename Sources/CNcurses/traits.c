#include "private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool has(const char *capability) {
    const char *text = tigetstr((char *)capability);
    return text && text != (char *)-1;
}

TerminalTraits terminal_traits(void) {
    static const char *const keys[] = {
        "kcuu1", "kcud1", "kcub1", "kcuf1", "khome", "kend", "kpp", "knp", "kcbt", "kdch1",
    };
    TerminalTraits traits = {0};
    const char *name = getenv("TERM");
    int status = 0;
    if (!name || !*name || (setupterm(NULL, STDOUT_FILENO, &status) == ERR && status <= 0)) return traits;
    traits.is_known = true;
    traits.places_cursor = cursor_address != NULL;
    traits.colours = max_colors > 0 ? max_colors : 0;
    traits.is_direct = terminfo_is_direct(traits.colours);
    traits.has_mouse = has("kmous");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!has(keys[i])) traits.missing_keys |= 1u << i;
    }
    return traits;
}

const char *terminal_library(void) { return curses_version(); }

bool terminal_size(int descriptor, int *width, int *height) {
    struct winsize size;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return false;
    *width = size.ws_col;
    *height = size.ws_row;
    return true;
}
