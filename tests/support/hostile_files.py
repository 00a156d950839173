"""Files that are meant to do harm, made when they are asked for: none is stored."""

import io
import json
import struct
import zipfile
import zlib

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: list[list[object]]) -> bytes:
    """Return an XLSX file of these rows."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return written.getvalue()


def changed(book: bytes, entries: dict[str, bytes]) -> bytes:
    """Return an archive with some entries put in, or in the place of others."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in entries:
                new.writestr(name, old.read(name))
        for name, content in entries.items():
            new.writestr(name, content)
    return written.getvalue()


def sheet(cells: str, before: str = "") -> bytes:
    """Return the XML of a sheet with these cells in its first row."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{cells}</row>'
        "</sheetData></worksheet>"
    ).encode()


def plain_workbook() -> bytes:
    """Return a harmless XLSX file."""
    return workbook([["ticker", "per"], ["AAPL", 31.5]])


def zip_bomb() -> bytes:
    """Return a workbook whose sheet unpacks to 300 MB."""
    packing = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain_workbook())) as old,
        zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        with new.open(SHEET, "w") as entry:
            for _ in range(300):
                entry.write(b" " * 2**20)
    return packing.getvalue()


def lying_bomb() -> bytes:
    """Return a workbook with an entry that unpacks to 60 MB, and says that it has 1,000 bytes."""
    content = b" " * (60 * 2**20)
    book = changed(plain_workbook(), {"xl/media/picture.png": content})
    length = struct.pack("<I", len(content))
    return book.replace(length, struct.pack("<I", 1_000))


def nested_bomb() -> bytes:
    """Return a workbook that holds an archive of archives."""
    inner = zip_bomb()
    for _ in range(3):
        inner = changed(plain_workbook(), {f"inner{number}.zip": inner for number in range(3)})
    return inner


def disguised_archive() -> bytes:
    """Return a workbook with an archive that is called a picture."""
    return changed(plain_workbook(), {"xl/media/picture.png": plain_workbook()})


def overlapping_bomb() -> bytes:
    """Return a workbook with 500 entries that are all the same bytes: a quine of 500 times its size."""
    packed = zlib.compress(b" " * 2**16, 9)[2:-4]
    crc = zlib.crc32(b" " * 2**16)
    head = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0x21, crc, len(packed), 2**16)
    local = b"PK\x03\x04" + head + struct.pack("<HH", 5, 0) + b"a.xml" + packed
    directory = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHHHII", 6, 0, 0, 0, 0, 0, 0)
        + f"a{number:03}.x".encode()
        for number in range(500)
    )  # fmt: skip
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 500, 500, len(directory), len(local), 0)
    return local + directory + end


def crowded_archive() -> bytes:
    """Return 9 MB of entries without content."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in range(80_000):
            archive.writestr(f"{number}", b"")
    return written.getvalue()


def linked() -> bytes:
    """Return a workbook with a symbolic link to the machine's users."""
    written = io.BytesIO(plain_workbook())
    with zipfile.ZipFile(written, "a") as archive:
        link = zipfile.ZipInfo("xl/media/link")
        link.create_system = 3
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return written.getvalue()


def climbing() -> bytes:
    """Return a workbook with an entry outside of it."""
    return changed(plain_workbook(), {"../../outside.xml": b"<a/>"})


def macros() -> bytes:
    """Return a workbook with a project of macros."""
    return changed(plain_workbook(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def billion_laughs() -> bytes:
    """Return a workbook whose one cell is ten to the ninth times `lol`."""
    entities = '<!ENTITY lol "lol">' + "".join(
        f'<!ENTITY lol{level} "{f"&lol{level - 1 or str()};" * 10}">' for level in range(1, 10)
    )
    text = sheet('<c r="A1" t="inlineStr"><is><t>&lol9;</t></is></c>', f"<!DOCTYPE lolz [{entities}]>")
    return changed(plain_workbook(), {SHEET: text})


def external_entity() -> bytes:
    """Return a workbook that asks for a file of the machine."""
    text = sheet(
        '<c r="A1" t="inlineStr"><is><t>&it;</t></is></c>', '<!DOCTYPE a [<!ENTITY it SYSTEM "file:///etc/passwd">]>'
    )
    return changed(plain_workbook(), {SHEET: text})


def disguised_entity() -> bytes:
    """Return the same in UTF-16, where no search for bytes of ASCII finds it."""
    text = sheet("", '<!DOCTYPE a [<!ENTITY it SYSTEM "file:///etc/passwd">]>').decode()
    return changed(plain_workbook(), {SHEET: text.replace("UTF-8", "UTF-16").encode("utf-16")})


def far_cell() -> bytes:
    """Return a workbook with one cell, at the end of the largest grid."""
    return changed(plain_workbook(), {SHEET: sheet('<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>')})


def sparse_grid() -> bytes:
    """Return a workbook with two cells, of which a grid of 70 million is made."""
    cells = '<c r="A1"><v>1</v></c></row><row r="99999"><c r="ZZ99999"><v>1</v></c>'
    return changed(plain_workbook(), {SHEET: sheet(cells)})


def huge_cell() -> bytes:
    """Return a workbook with a cell of 200 MB."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        with zipfile.ZipFile(io.BytesIO(plain_workbook())) as old:
            for name in old.namelist():
                if name != SHEET:
                    new.writestr(name, old.read(name))
        with new.open(SHEET, "w") as entry:
            entry.write(sheet('<c r="A1" t="inlineStr"><is><t>').partition(b"</row>")[0])
            for number in range(200):
                entry.write(json.dumps([number] * 10).encode() * (2**20 // 60))
            entry.write(b"</t></is></c></row></sheetData></worksheet>")
    return packing.getvalue()


def repeated_text() -> bytes:
    """Return a workbook in whose every cell stands the same text of 9,000 characters, stored once."""
    count = 200_000
    names = ("A", "B", "C", "D")
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{name}{row}" t="s"><v>0</v></c>' for name in names) + "</row>"
        for row in range(1, count // len(names) + 1)
    )
    text = f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    shared = f'<?xml version="1.0"?><sst xmlns="{_MAIN}"><si><t>{"x" * 9_000}</t></si></sst>'
    return changed(plain_workbook(), {SHEET: text.encode(), "xl/sharedStrings.xml": shared.encode()})


def wide_csv() -> bytes:
    """Return 5,000 columns."""
    return b",".join(b"c%d" % number for number in range(5_000)) + b"\n"


def endless_line() -> bytes:
    """Return 10 MB of commas."""
    return b"a,b\n" + b"," * (10 * 2**20 - 8)


def cell_of_10_mb() -> bytes:
    """Return a cell over many lines that is as long as a file may be."""
    return b'a,b\n1,"' + b"x\n" * (5 * 2**20 - 8) + b'"\n'


def open_quote() -> bytes:
    """Return a quote that is never closed."""
    return b'a,b\n1,"2\n' + b"3,4\n" * 100


def nul_bytes() -> bytes:
    """Return a NUL in the third line."""
    return b"ticker,per\nAAPL,31\nMS\0FT,30\n"


def mixed_encodings() -> bytes:
    """Return a line in UTF-8 and one in Windows-1252."""
    return "ticker,name\nGLE,Société Générale\n".encode() + "NESN,Nestlé\n".encode("cp1252")


def too_many_cells() -> bytes:
    """Return 5 million cells in 10 MB."""
    return b"a,b,c,d,e\n" + b"1,1,1,1,1\n" * (2**20 - 1)


def deep_json() -> bytes:
    """Return 100,000 arrays in one another."""
    return b'[{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}]"


def long_number() -> bytes:
    """Return a number of a million digits."""
    return b'[{"a":' + b"9" * 10**6 + b"}]"


def many_objects() -> bytes:
    """Return three million empty objects."""
    return b"[" + b"{}," * (3 * 10**6) + b"{}]"


def many_names() -> bytes:
    """Return objects of which each has another name."""
    return b"[" + b",".join(b'{"n%d":1}' % number for number in range(100_000)) + b"]"


def too_large() -> bytes:
    """Return one byte more than a file may have."""
    return b"a" * (10 * 2**20 + 1)
