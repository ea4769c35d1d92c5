#include "private.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <time.h>

// Clicks are not waited for: a press is one at once.
bool mouse_start(void) {
    mouseinterval(0);
    if (!mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL)) return false;
    guard_has_mouse = true;
    return true;
}

static Input mouse(void) {
    MEVENT event;
    if (getmouse(&event) != OK) return (Input){InputUnknown, 0};
    InputKind kind = InputUnknown;
    if (event.bstate & BUTTON1_PRESSED) kind = InputPress;
    if (event.bstate & BUTTON4_PRESSED) kind = InputWheelUp;
    if (event.bstate & BUTTON5_PRESSED) kind = InputWheelDown;
    return (Input){kind, 0, event.x, event.y};
}

static Input key(wint_t code) {
    switch (code) {
    case KEY_RESIZE: return (Input){InputResize, 0};
    case KEY_MOUSE: return mouse();
    case KEY_UP: return (Input){InputUp, 0};
    case KEY_DOWN: return (Input){InputDown, 0};
    case KEY_LEFT: return (Input){InputLeft, 0};
    case KEY_RIGHT: return (Input){InputRight, 0};
    case KEY_HOME: return (Input){InputHome, 0};
    case KEY_END: return (Input){InputEnd, 0};
    case KEY_PPAGE: return (Input){InputPageUp, 0};
    case KEY_NPAGE: return (Input){InputPageDown, 0};
    case KEY_ENTER: return (Input){InputEnter, 0};
    case KEY_BTAB: return (Input){InputBackTab, 0};
    case KEY_BACKSPACE: return (Input){InputBackspace, 0};
    case KEY_DC: return (Input){InputDelete, 0};
    }
    if (code > KEY_F0 && code < KEY_F0 + 64) return (Input){InputFunction, code - KEY_F0};
    return (Input){InputUnknown, 0};
}

Input input_read(void) {
    wint_t code = 0;
    switch (wget_wch(stdscr, &code)) {
    case OK: return (Input){InputCharacter, code};
    case KEY_CODE_YES: return key(code);
    default: return (Input){InputNone, 0};
    }
}

WaitResult input_wait(int64_t seconds, int64_t nanoseconds) {
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(guard_input, &readable);
    struct timespec limit = {.tv_sec = (time_t)seconds, .tv_nsec = (long)nanoseconds};
    int count = pselect(guard_input + 1, &readable, NULL, NULL, seconds < 0 ? NULL : &limit, &guard_waiting_mask);
    if (count < 0) return errno == EINTR ? WaitInterrupted : WaitGone;
    if (count == 0) return WaitTimedOut;
    // Readable, and nothing to read: the terminal hung up.
    int available = 0;
    return ioctl(guard_input, FIONREAD, &available) == 0 && available > 0 ? WaitReady : WaitGone;
}
