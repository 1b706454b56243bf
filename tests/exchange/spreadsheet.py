"""What a spreadsheet program does to a workbook, by openpyxl.

save IN OUT   reads a workbook, sees that every cell is text, and writes it again
edit IN OUT   writes one new target, as a person would
"""

import sys

import openpyxl


def sheets(path):
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    odd = [(cell.coordinate, cell.value) for cell in cells if cell.data_type != "s" or not isinstance(cell.value, str)]
    assert cells and not odd, f"{path}: cells that are no text: {odd}"
    return book, len(cells)


def save(source, target):
    book, cells = sheets(source)
    book.save(target)
    print(f"{cells} cells, all text")


def edit(source, target):
    book, _ = sheets(source)
    sheet = book["de-DE"]
    head = [cell.value for cell in sheet[1]]
    old, new = head.index("target"), head.index("new target")
    is_plain = lambda text: text and len(text) > 40 and text.endswith(".") and not set("*[`<{!") & set(text)
    row = next(row for row in sheet.iter_rows(min_row=2) if is_plain(row[old].value))
    # It looks like a formula, and is none.
    row[new].value = row[old].value[:-1] + " = gut."
    book.save(target)


if __name__ == "__main__":
    {"save": save, "edit": edit}[sys.argv[1]](*sys.argv[2:])
