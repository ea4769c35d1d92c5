"""What a terminal shows after the bytes that a program sent to it.

    emulator.py replay BYTES CHECKPOINTS   CHECKPOINTS: lines of `offset width height`, one a frame
    emulator.py capture WIDTH HEIGHT       standard input: what `tmux capture-pane -epN` gave

Prints each frame as `frame N`, its rows, and `cursor X Y` or `cursor hidden`. A row is its text, a unit separator, and
the looks that are not plain, as `0-13 fg=4 bg=#102030 bold+dim`.

The emulator is pyte, with what its version 0.8.2 lacks: the scroll operations SU and SD, REP, faint text, erasing in
the current background, and marks on wide characters. It stops at everything it does not know.
"""

import sys
import unicodedata
from typing import NamedTuple

import pyte
from pyte import modes
from wcwidth import wcwidth

ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse")
SET = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse"}
RESET = {22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 27: ("reverse",)}

# Application keys, blinking cursor, alternate screen, wrap, cursor: what ncurses may switch.
PRIVATE_MODES = {1, 7, 12, 25, 1049}
MODES = {4, 34}


class Cell(NamedTuple):
    """A cell in our own words; pyte only hands it around."""

    data: str = " "
    fg: str = "default"
    bg: str = "default"
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    reverse: bool = False


class Screen(pyte.Screen):
    @property
    def default_char(self):
        return Cell()

    def reset(self):
        super().reset()
        self.cursor.attrs = Cell()
        self.last_drawn = " "
        self.saved = (0, 0, Cell())

    def resize(self, lines, columns):
        """Drops what no longer fits; the program paints anew. Margins go, as in xterm."""
        self.lines, self.columns = lines, columns
        for y in [y for y in self.buffer if y >= lines]:
            del self.buffer[y]
        for line in self.buffer.values():
            for x in [x for x in line if x >= columns]:
                del line[x]
        self.margins = None
        self.ensure_hbounds()
        self.ensure_vbounds()

    def save_cursor(self):
        self.saved = (self.cursor.x, self.cursor.y, self.cursor.attrs)

    def restore_cursor(self):
        self.cursor.x, self.cursor.y, self.cursor.attrs = self.saved

    # What is not known

    def debug(self, *args, **kwargs):
        raise SystemExit(f"emulator: unknown sequence with parameters {args} {kwargs}")

    def set_mode(self, *numbers, private=False):
        self.check_modes(numbers, private)
        super().set_mode(*numbers, private=private)

    def reset_mode(self, *numbers, private=False):
        self.check_modes(numbers, private)
        super().reset_mode(*numbers, private=private)

    def check_modes(self, numbers, private):
        unknown = set(numbers) - (PRIVATE_MODES if private else MODES)
        if unknown:
            raise SystemExit(f"emulator: unknown {'private ' if private else ''}modes {unknown}")

    def keypad(self):
        pass

    def window_operation(self, *numbers):
        if not numbers or numbers[0] not in (22, 23):
            self.debug(*numbers)

    # Text

    def draw(self, data):
        for char in data:
            width = wcwidth(char)
            if width < 0:
                raise SystemExit(f"emulator: unprintable {char!r}")
            if width == 0:
                self.combine(char)
            else:
                self.put(char, width)

    def put(self, char, width):
        if self.cursor.x + width > self.columns:
            if modes.DECAWM in self.mode:
                self.carriage_return()
                self.linefeed()
            else:
                self.cursor.x = self.columns - width
        if modes.IRM in self.mode:
            self.insert_characters(width)
        line, x = self.buffer[self.cursor.y], self.cursor.x
        # Half of a wide character is none.
        if line[x].data == "" and x > 0:
            line[x - 1] = line[x - 1]._replace(data=" ")
        if x + width < self.columns and line[x + width].data == "":
            line[x + width] = line[x + width]._replace(data=" ")
        line[x] = self.cursor.attrs._replace(data=char)
        if width == 2:
            line[x + 1] = self.cursor.attrs._replace(data="")
        self.cursor.x += width
        self.last_drawn = char

    def combine(self, mark):
        line, x = self.buffer[self.cursor.y], self.cursor.x - 1
        while x > 0 and line[x].data == "":
            x -= 1
        if x < 0:
            raise SystemExit("emulator: a mark without a base")
        line[x] = line[x]._replace(data=line[x].data + mark)

    def repeat(self, count=1):
        self.draw(self.last_drawn * (count or 1))

    # Scrolling and erasing, in the current background

    def blank(self):
        return Cell(bg=self.cursor.attrs.bg)

    def scroll(self, top, bottom, count):
        """Moves the rows up, or down when `count` is negative."""
        rows = [self.buffer.pop(y, None) for y in range(top, bottom + 1)]
        for y in range(top, bottom + 1):
            source = y - top + count
            if 0 <= source < len(rows):
                if rows[source] is not None:
                    self.buffer[y] = rows[source]
            else:
                self.erase(y, range(self.columns))

    def region(self):
        return self.margins or (0, self.lines - 1)

    def erase(self, y, columns):
        line = self.buffer[y]
        for x in columns:
            line[x] = self.blank()

    def scroll_up(self, count=1):
        self.scroll(*self.region(), count or 1)

    def scroll_down(self, count=1):
        self.scroll(*self.region(), -(count or 1))

    def index(self):
        top, bottom = self.region()
        if self.cursor.y == bottom:
            self.scroll(top, bottom, 1)
        else:
            self.cursor_down()

    def reverse_index(self):
        top, bottom = self.region()
        if self.cursor.y == top:
            self.scroll(top, bottom, -1)
        else:
            self.cursor_up()

    def insert_lines(self, count=1):
        self.move_lines(-(count or 1))

    def delete_lines(self, count=1):
        self.move_lines(count or 1)

    def move_lines(self, count):
        top, bottom = self.region()
        if top <= self.cursor.y <= bottom:
            self.scroll(self.cursor.y, bottom, count)
            self.carriage_return()

    def insert_characters(self, count=1):
        self.shift(lambda cells, blanks: blanks + cells[: -len(blanks)], count)

    def delete_characters(self, count=1):
        self.shift(lambda cells, blanks: cells[len(blanks) :] + blanks, count)

    def shift(self, change, count):
        line, start = self.buffer[self.cursor.y], self.cursor.x
        blanks = [self.blank()] * min(count or 1, self.columns - start)
        for x, cell in enumerate(change([line[x] for x in range(start, self.columns)], blanks), start):
            line[x] = cell

    def erase_characters(self, count=1):
        start = self.cursor.x
        self.erase(self.cursor.y, range(start, min(start + (count or 1), self.columns)))

    def erase_in_line(self, how=0, private=False):
        x = min(self.cursor.x, self.columns - 1)
        self.erase(self.cursor.y, (range(x, self.columns), range(x + 1), range(self.columns))[how])

    def erase_in_display(self, how=0, *args, **kwargs):
        y = self.cursor.y
        for row in (range(y + 1, self.lines), range(y), range(self.lines), range(0))[how]:
            self.erase(row, range(self.columns))
        if how < 2:
            self.erase_in_line(how)

    # Looks

    def select_graphic_rendition(self, *numbers):
        cell = self.cursor.attrs
        left = list(numbers) or [0]
        while left:
            number = left.pop(0)
            if number == 0:
                cell = Cell()
            elif number in SET:
                cell = cell._replace(**{SET[number]: True})
            elif number in RESET:
                cell = cell._replace(**dict.fromkeys(RESET[number], False))
            elif number == 10:
                pass  # The primary font.
            else:
                cell = cell._replace(**self.colour(number, left))
        self.cursor.attrs = cell

    def colour(self, number, left):
        for plane, base, bright in (("fg", 30, 90), ("bg", 40, 100)):
            if base <= number < base + 8:
                return {plane: str(number - base)}
            if bright <= number < bright + 8:
                return {plane: str(number - bright + 8)}
            if number == base + 9:
                return {plane: "default"}
            if number == base + 8 and left[:1] == [5] and len(left) >= 2:
                _, index = left.pop(0), left.pop(0)
                return {plane: str(index)}
            if number == base + 8 and left[:1] == [2] and len(left) >= 4:
                _, *channels = (left.pop(0) for _ in range(4))
                return {plane: "#%02x%02x%02x" % tuple(channels)}
        raise SystemExit(f"emulator: unknown rendition {number} {left}")

    # Output

    def describe(self, y):
        """The row as `PaintedScreen` in Swift describes it."""
        cells = [self.buffer[y][x] for x in range(self.columns)]
        text = "".join(cell.data for cell in cells)
        runs, start = [], 0
        looks = [self.look(cell, cells[max(0, x - 1)]) for x, cell in enumerate(cells)]
        for x in range(1, self.columns + 1):
            if x == self.columns or looks[x] != looks[start]:
                if looks[start]:
                    runs.append(f"{start}-{x - 1} {looks[start]}")
                start = x
        return unicodedata.normalize("NFC", text) + "\x1f" + "; ".join(runs)

    @staticmethod
    def look(cell, left):
        if cell.data == "":
            cell = left
        attributes = [name for name in ATTRIBUTES if getattr(cell, name)]
        fg = cell.fg
        # Of a blank that is neither underlined nor reversed, nothing but the background shows.
        if cell.data == " " and not (cell.underline or cell.reverse):
            attributes, fg = [], "default"
        words = []
        if fg != "default":
            words.append(f"fg={fg}")
        if cell.bg != "default":
            words.append(f"bg={cell.bg}")
        if attributes:
            words.append("+".join(attributes))
        return " ".join(words)

    def show(self, number):
        print(f"frame {number}")
        for y in range(self.lines):
            print(self.describe(y))
        x = min(self.cursor.x, self.columns - 1)
        print("cursor hidden" if self.cursor.hidden else f"cursor {x} {self.cursor.y}")


class Stream(pyte.ByteStream):
    escape = {**pyte.Stream.escape, "=": "keypad", ">": "keypad"}
    csi = {
        **pyte.Stream.csi,
        "S": "scroll_up",
        "T": "scroll_down",
        "b": "repeat",
        "t": "window_operation",
    }


def replay(bytes_path, checkpoints_path):
    with open(bytes_path, "rb") as file:
        sent = file.read()
    with open(checkpoints_path) as file:
        checkpoints = [tuple(map(int, line.split())) for line in file]
    start, screen, stream = 0, None, None
    for number, (end, width, height) in enumerate(checkpoints):
        if screen is None:
            screen = Screen(width, height)
            stream = Stream(screen)
        screen.resize(height, width)
        stream.feed(sent[start:end])
        screen.show(number)
        start = end


def capture(width, height):
    screen = Screen(width, height)
    lines = sys.stdin.buffer.read().rstrip(b"\n").split(b"\n")
    Stream(screen).feed(b"\r\n".join(lines))
    screen.show(0)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    match sys.argv[1:]:
        case ["replay", bytes_path, checkpoints_path]:
            replay(bytes_path, checkpoints_path)
        case ["capture", width, height]:
            capture(int(width), int(height))
        case _:
            sys.exit(__doc__)
