#!/bin/sh
# Does the item "Invoice numbers need eight digits", and at first forgets half of it: the numbers
# are printed wider, but only read in the old width. The failed check comes back in the prompt
# (MILLWRIGHT_PROMPT_FILE, or standard input); then the other half is done too.
set -eu

source=src/main/java/com/acme/orders/domain/InvoiceNumber.java
test=src/test/java/com/acme/orders/domain/InvoiceNumberTest.java
scratch="${TMPDIR:-/tmp}/widen-invoice-numbers.$$"
trap 'rm -f "$scratch"' EXIT

edit() { # edit FILE SED-SCRIPT: in place, keeping the file's mode
  sed "$2" "$1" > "$scratch"
  cat "$scratch" > "$1"
}

if ! grep -q 'the_sequence_has_eight_digits' "$test"; then
  echo "asking for eight digits in $test"
  edit "$test" '/void printed_numbers_sort_like_the_invoices/{
i\
  void the_sequence_has_eight_digits() {\
    assertEquals("INV-2026-00004711", new InvoiceNumber(2026, 4711).printed());\
  }\
\
  @Test
}'
fi
echo "printing eight digits in $source"
edit "$source" 's|INV-%04d-%06d|INV-%04d-%08d|'

if grep -q 'what_is_printed_can_be_read_again\|not an invoice number' \
    "${MILLWRIGHT_PROMPT_FILE:-/dev/stdin}"; then
  echo "the checks say that printed numbers can no longer be read: reading eight digits too"
  edit "$source" 's|(\[0-9\]{6})|([0-9]{6}\|[0-9]{8})|'
fi
