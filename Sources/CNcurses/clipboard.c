#include "private.h"

void screen_command(const char *command) {
    // tputs would take "$<5>" for a pause: what is sent here has none.
    if (!isendwin()) putp(command);
}
