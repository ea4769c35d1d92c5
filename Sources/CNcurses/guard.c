// What gives the terminal back when the program does not: signals, crashes, and stderr kept off the screen.
#include "private.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define COUNT(array) (int)(sizeof(array) / sizeof *(array))

int guard_input, guard_output;
volatile bool guard_has_mouse;
sigset_t guard_waiting_mask;

static struct termios saved_modes;
static bool has_saved_modes;

static void write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

// ---- stderr

static FILE *log_file;
static int log_descriptor = -1;
static int saved_stderr = -1;

static void keep_stderr(void) {
    if (!isatty(STDERR_FILENO)) return;
    log_file = tmpfile();
    if (!log_file) return;
    log_descriptor = fileno(log_file);
    fcntl(log_descriptor, F_SETFD, FD_CLOEXEC);
    saved_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (saved_stderr >= 0) dup2(log_descriptor, STDERR_FILENO);
}

// Only calls that a signal handler may make.
static void release_stderr(void) {
    if (saved_stderr < 0) return;
    dup2(saved_stderr, STDERR_FILENO);
    saved_stderr = -1;
    lseek(log_descriptor, 0, SEEK_SET);
    char buffer[1024];
    ssize_t count;
    while ((count = read(log_descriptor, buffer, sizeof buffer)) > 0) {
        write_all(STDERR_FILENO, buffer, (size_t)count);
    }
}

// ---- Crashes

static const int crash_signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGQUIT};
static struct sigaction before_crash[COUNT(crash_signals)];
static stack_t before_stack;
static char alternate_stack[1 << 17];
static bool catches_crashes;

// Every way of reporting that ncurses may have asked for.
static const char mouse_off[] = "\033[?1006l\033[?1003l\033[?1002l\033[?1000l";
static char give_back[256];
static size_t give_back_count;

static void append(const char *capability) {
    if (!capability || capability == (const char *)-1) return;
    while (*capability && give_back_count < sizeof give_back) {
        // A delay for printing terminals.
        if (capability[0] == '$' && capability[1] == '<') {
            const char *end = strchr(capability, '>');
            if (!end) return;
            capability = end + 1;
        } else {
            give_back[give_back_count++] = *capability++;
        }
    }
}

static void build_give_back(void) {
    append(exit_attribute_mode);
    append(orig_pair);
    append(keypad_local);
    append(cursor_normal);
    if (exit_ca_mode) {
        append(exit_ca_mode);
    } else if (cursor_address) {
        // Without an alternate screen what follows goes below; terminals stop at their last row.
        append(tparm(cursor_address, 998L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
    }
    append("\r\n");
}

static void uncatch_crashes(void) {
    for (int i = 0; i < COUNT(crash_signals); i++) sigaction(crash_signals[i], &before_crash[i], NULL);
}

/// Whether the fault happens again when the handler returns. A signal sent by somebody does not, nor do `abort` and the
/// quit key, nor x86's breakpoint, which stops behind itself.
static bool repeats(int number, const siginfo_t *info) {
#if defined(__x86_64__) || defined(__i386__)
    if (number == SIGTRAP) return false;
#endif
    return number != SIGABRT && number != SIGQUIT && info->si_code > 0;
}

static void call_handler_before(int number, siginfo_t *info, void *context) {
    for (int i = 0; i < COUNT(crash_signals); i++) {
        const struct sigaction *before = &before_crash[i];
        if (crash_signals[i] != number) continue;
        if (before->sa_flags & SA_SIGINFO) {
            before->sa_sigaction(number, info, context);
        } else if (before->sa_handler != SIG_DFL) {
            before->sa_handler(number);
        }
    }
}

// Leaves the screen by hand, for endwin may not run in a signal handler; then lets the runtime print its backtrace.
static void on_crash(int number, siginfo_t *info, void *context) {
    uncatch_crashes();
    if (guard_has_mouse) write_all(guard_output, mouse_off, sizeof mouse_off - 1);
    write_all(guard_output, give_back, give_back_count);
    if (has_saved_modes) tcsetattr(guard_input, TCSANOW, &saved_modes);
    release_stderr();
    if (repeats(number, info)) return;
    call_handler_before(number, info, context);
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_crashes(void) {
    // A stack of our own: an overflowing one has no room for the handler, nor for the runtime's after it.
    stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
    sigaltstack(&stack, &before_stack);
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    action.sa_sigaction = on_crash;
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < COUNT(crash_signals); i++) {
        sigaction(crash_signals[i], NULL, &before_crash[i]);
        bool ignored = before_crash[i].sa_handler == SIG_IGN && !(before_crash[i].sa_flags & SA_SIGINFO);
        if (!ignored) sigaction(crash_signals[i], &action, NULL);
    }
    catches_crashes = true;
}

// ---- Signals that ask for something

static const int quit_signals[] = {SIGINT, SIGTERM, SIGHUP};
static struct sigaction before_quit[COUNT(quit_signals)];
/// ncurses catches the first two itself.
static const int other_signals[] = {SIGTSTP, SIGWINCH, SIGCONT};
static struct sigaction before_other[COUNT(other_signals)];
static sigset_t before_mask;

static volatile sig_atomic_t quit_came, resume_came;

static void on_quit(int number) {
    quit_came = number;
}

static void on_continue(int number) {
    (void)number;
    resume_came = 1;
}

int signal_took_quit(void) {
    int came = quit_came;
    quit_came = 0;
    return came;
}

bool signal_took_resume(void) {
    if (!resume_came) return false;
    resume_came = 0;
    // SIGWINCH goes to the foreground only: the size may have changed while somebody else was there.
    struct winsize size;
    if (ioctl(guard_output, TIOCGWINSZ, &size) == 0 && is_term_resized(size.ws_row, size.ws_col)) {
        resizeterm(size.ws_row, size.ws_col);
    }
    // After SIGTSTP ncurses did this; after SIGSTOP nobody did.
    reset_prog_mode();
    wrefresh(curscr);
    return true;
}

void guard_prepare(int input, int output) {
    guard_input = input;
    guard_output = output;
    has_saved_modes = tcgetattr(input, &saved_modes) == 0;

    sigset_t held;
    sigemptyset(&held);
    for (int i = 0; i < COUNT(quit_signals); i++) sigaddset(&held, quit_signals[i]);
    for (int i = 0; i < COUNT(other_signals); i++) sigaddset(&held, other_signals[i]);
    pthread_sigmask(SIG_BLOCK, &held, &before_mask);
    guard_waiting_mask = before_mask;
    for (int i = 0; i < COUNT(quit_signals); i++) sigdelset(&guard_waiting_mask, quit_signals[i]);
    for (int i = 0; i < COUNT(other_signals); i++) sigdelset(&guard_waiting_mask, other_signals[i]);

    struct sigaction action = {.sa_handler = on_quit};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < COUNT(quit_signals); i++) sigaction(quit_signals[i], &action, &before_quit[i]);
    for (int i = 0; i < COUNT(other_signals); i++) sigaction(other_signals[i], NULL, &before_other[i]);
    action.sa_handler = on_continue;
    sigaction(SIGCONT, &action, NULL);
}

void guard_start(void) {
    build_give_back();
    catch_crashes();
    keep_stderr();
}

void guard_stop(void) {
    release_stderr();
    if (catches_crashes) {
        uncatch_crashes();
        sigaltstack(&before_stack, NULL);
        catches_crashes = false;
    }
    for (int i = 0; i < COUNT(quit_signals); i++) sigaction(quit_signals[i], &before_quit[i], NULL);
    for (int i = 0; i < COUNT(other_signals); i++) sigaction(other_signals[i], &before_other[i], NULL);
    pthread_sigmask(SIG_SETMASK, &before_mask, NULL);
}
