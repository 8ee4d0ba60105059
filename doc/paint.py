#!/usr/bin/python3
"""paint - a screen as tests/golden writes it, as a picture.

  paint.py THEME.xml ROLES SCREEN OUT.png

SCREEN has the text, the letter of each cell's role and the cursor; ROLES tells
which letter is which role, THEME.xml what a role looks like. Needs Debian's
python3-pil, fonts-dejavu-core and fonts-noto-cjk. Lines, blocks and braille dots
are drawn here, so that they join from cell to cell.
"""
import functools
import os
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, BASE = 9, 18, 14
NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
NORMAL = ((0, 0, 0), (205, 49, 49), (13, 188, 121), (229, 229, 16), (36, 114, 200),
          (188, 63, 188), (17, 168, 205), (229, 229, 229))
BRIGHT = ((102, 102, 102), (241, 76, 76), (35, 209, 139), (245, 245, 67), (59, 142, 234),
          (214, 112, 214), (41, 184, 219), (255, 255, 255))
PAPER, INK = (12, 12, 12), (204, 204, 204)
DEJAVU, NOTO = "/usr/share/fonts/truetype/dejavu/", "/usr/share/fonts/opentype/noto/"
FONTS = {("latin", False): (DEJAVU + "DejaVuSansMono.ttf", 14, 0),
         ("latin", True): (DEJAVU + "DejaVuSansMono-Bold.ttf", 14, 0),
         ("cjk", False): (NOTO + "NotoSansCJK-Regular.ttc", 16, 5),
         ("cjk", True): (NOTO + "NotoSansCJK-Bold.ttc", 16, 5)}
# arms to the left, right, up, down
BOX = {"─": (1, 1, 0, 0), "│": (0, 0, 1, 1), "┌": (0, 1, 0, 1), "┐": (1, 0, 0, 1),
       "└": (0, 1, 1, 0), "┘": (1, 0, 1, 0), "├": (0, 1, 1, 1), "┤": (1, 0, 1, 1),
       "┬": (1, 1, 0, 1), "┴": (1, 1, 1, 0), "┼": (1, 1, 1, 1)}
SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75, "█": 1}


def colour(word, bold):
    """A name, a number of the 256, or #rrggbb; None is the terminal's own. Of several
    words, for terminals that have less colours, the first."""
    if word is None:
        return None
    word = word.split()[0]
    if word.startswith("#"):
        return tuple(int(word[i:i + 2], 16) for i in (1, 3, 5))
    if word.startswith("bright-"):
        return BRIGHT[NAMES.index(word[7:])]
    if word in NAMES:
        return (BRIGHT if bold else NORMAL)[NAMES.index(word)]
    number = int(word)
    if number < 16:
        return (BRIGHT if bold or number > 7 else NORMAL)[number % 8]
    if number < 232:
        return tuple(0 if v == 0 else 55 + 40 * v for v in
                     ((number - 16) // 36, (number - 16) // 6 % 6, (number - 16) % 6))
    return (8 + 10 * (number - 232),) * 3


def read_looks(theme, roles):
    """Letter of a role -> (ink, paper, attributes)."""
    looks, letters = {}, {}
    with open(roles, encoding="utf-8") as f:
        for line in f:
            letter, name = line.split()
            letters.setdefault(name, letter)
    for role in ElementTree.parse(theme).getroot().iter("role"):
        attrs = role.get("attr", "").split()
        ink = colour(role.get("fg"), "bold" in attrs) or INK
        paper = colour(role.get("bg"), False) or PAPER
        if "reverse" in attrs:
            ink, paper = paper, ink
        if "dim" in attrs:
            ink = tuple((a + b) // 2 for a, b in zip(ink, paper))
        looks.setdefault(letters.get(role.get("name")), (ink, paper, attrs))
    return looks


def read_screen(path):
    """Size, rows of text, rows of roles, and where the cursor stands or None."""
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    cols, rows = (int(n) for n in lines[0].split()[2].split("x"))
    at, seen = lines[2 * rows + 2].split()[2:4]
    cursor = tuple(int(n) for n in at.split(",")) if seen == "shown" else None
    return rows, cols, lines[1:rows + 1], lines[rows + 2:2 * rows + 2], cursor


@functools.lru_cache(maxsize=None)
def font(kind, bold):
    path, size, index = FONTS[kind, bold]
    return ImageFont.truetype(path, size, index=index) if os.path.exists(path) else None


def has(face, char):
    if face is None:
        return False
    mask, missing = face.getmask(char), face.getmask("\uffff")
    return mask.size != missing.size or bytes(mask) != bytes(missing)


def letter(draw, x, y, width, text, ink, bold):
    kinds = ("cjk", "latin") if width > WIDTH else ("latin", "cjk")
    faces = [font(k, bold) for k in kinds]
    face = next((f for f in faces if has(f, text[0])), faces[0])
    left = max(0, (width - face.getlength(text[0])) / 2)
    draw.text((x + left, y + BASE), text, ink, font=face, anchor="ls")


def glyph(draw, x, y, width, text, look):
    ink, paper, attrs = look
    char = text[0]
    cx, cy = x + WIDTH // 2, y + HEIGHT // 2
    if char in BOX:
        left, right, up, down = BOX[char]
        if left or right:
            draw.line((x if left else cx, cy, x + WIDTH - 1 if right else cx, cy), ink)
        if up or down:
            draw.line((cx, y if up else cy, cx, y + HEIGHT - 1 if down else cy), ink)
    elif char in SHADES:
        mixed = tuple(int(b + (a - b) * SHADES[char]) for a, b in zip(ink, paper))
        draw.rectangle((x, y, x + WIDTH - 1, y + HEIGHT - 1), mixed)
    elif "▁" <= char <= "▇":
        top = HEIGHT - HEIGHT * (ord(char) - 0x2580) // 8
        draw.rectangle((x, y + top, x + WIDTH - 1, y + HEIGHT - 1), ink)
    elif "▉" <= char <= "▏":
        right = max(WIDTH * (0x2590 - ord(char)) // 8, 1)
        draw.rectangle((x, y, x + right - 1, y + HEIGHT - 1), ink)
    elif "\u2800" <= char <= "\u28ff":
        for bit, (dx, dy) in enumerate(((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2),
                                        (0, 3), (1, 3))):
            if (ord(char) - 0x2800) >> bit & 1:
                px, py = x + WIDTH * (2 * dx + 1) // 4, y + HEIGHT * (2 * dy + 1) // 8
                draw.rectangle((px - 1, py - 1, px, py), ink)
    elif char != " ":
        letter(draw, x, y, width, text, ink, "bold" in attrs)
    if "underline" in attrs:
        draw.line((x, y + HEIGHT - 2, x + width - 1, y + HEIGHT - 2), ink)


def cells(text, cols):
    """(column, width, character with its marks) of a row."""
    at, out = 0, []
    for char in text.ljust(cols):
        if unicodedata.combining(char) or char in "\u200b\u200d\ufe0f":
            if out:
                out[-1] = (out[-1][0], out[-1][1], out[-1][2] + char)
            continue
        width = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if at + width > cols:
            break
        out.append((at, width, char))
        at += width
    return out


def main():
    theme, roles, screen, picture = sys.argv[1:]
    looks = read_looks(theme, roles)
    rows, cols, texts, letters, cursor = read_screen(screen)
    plain = (INK, PAPER, [])
    image = Image.new("RGB", (cols * WIDTH, rows * HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    for y, (text, row) in enumerate(zip(texts, letters)):
        row = row.ljust(cols, ".")
        for x, width, char in cells(text, cols):
            look = looks.get(row[x], plain)
            if cursor == (y, x):
                look = (look[1], look[0], look[2])
            box = (x * WIDTH, y * HEIGHT, (x + width) * WIDTH - 1, (y + 1) * HEIGHT - 1)
            draw.rectangle(box, look[1])
            glyph(draw, box[0], box[1], width * WIDTH, char, look)
    # by coverage: a colour that is rare, a bar's, stays what it is
    image.quantize(48, method=Image.Quantize.MAXCOVERAGE).save(picture, optimize=True)


if __name__ == "__main__":
    main()
