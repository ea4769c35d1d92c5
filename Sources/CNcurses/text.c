#include "private.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

static const char *named_locale(void) {
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value && *value) return value;
    }
    return "";
}

static bool names_utf8(const char *locale) {
    const char *codeset = strchr(locale, '.');
    return codeset && (strncasecmp(codeset, ".utf-8", 6) == 0 || strncasecmp(codeset, ".utf8", 5) == 0);
}

// LC_CTYPE alone: numbers and dates stay as the program writes them. C.UTF-8 stands in where nothing was chosen
// (containers) and where the chosen locale is UTF-8 but not installed; a chosen other codeset is respected.
bool text_use_locale(void) {
    const char *name = named_locale();
    bool known = setlocale(LC_CTYPE, "") != NULL;
    if (!*name || (!known && names_utf8(name))) {
        if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "en_US.UTF-8");
    }
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

const char *text_locale(void) {
    const char *name = setlocale(LC_CTYPE, NULL);
    return name ? name : "";
}

int text_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }
