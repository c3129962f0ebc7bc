"""How much a file may weigh, and what the process that opens it may use. Figures from trials with hostile files."""

MB = 1024 * 1024

FILE_BYTES = 20 * MB
CLEANED_BYTES = 40 * MB  # a picture written anew may grow
PACKAGE_BYTES = 50 * MB  # a file that is read once and thrown away

# archives, also those inside which letters and workbooks are kept
UNPACKED_BYTES = 200 * MB  # all entries together
RATIO = 100  # unpacked to packed; looked at from RATIO_FROM_BYTES up, because small files pack well
RATIO_FROM_BYTES = MB
ENTRIES = 2_000
DIRECTORY_BYTES = 2 * MB  # the list of entries at the end

PIXELS = 50_000_000  # a photo of 50 megapixels
SIDE = 20_000
PDF_OBJECTS = 300_000
PDF_PAGES = 3_000
XML_DEPTH = 256
XML_PART_BYTES = 120 * MB

CHILD_BYTES = 512 * MB  # address space
CHILD_CPU_SECONDS = 20
CHILD_WALL_SECONDS = 40
CHILD_FILES = 64
