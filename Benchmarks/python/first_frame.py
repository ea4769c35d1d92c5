"""Starts a program in a terminal of 80x24 and waits for its first frame.

Arguments: the text by which the frame is known, the program and its arguments. Prints seconds.
"""
import fcntl
import os
import pty
import struct
import sys
import termios
import time

expected, command = sys.argv[1].encode(), sys.argv[2:]
start = time.perf_counter()
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.environ.update(TERM="xterm-256color", LANG="C.UTF-8", XDG_STATE_HOME="/nonexistent")
    os.execv(command[0], command)
seen = b""
while expected not in seen:
    try:
        seen += os.read(terminal, 65536)
    except OSError:
        sys.exit("the program ended without its first frame: " + seen.decode(errors="replace"))
print(time.perf_counter() - start)
os.write(terminal, b"q")
os.kill(pid, 15)
os.waitpid(pid, 0)
