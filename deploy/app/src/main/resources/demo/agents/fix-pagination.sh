#!/bin/sh
# Does the item "The last page announces a page that is not there": a change small enough to be
# written down. Runs in the checkout; the prompt is in the file MILLWRIGHT_PROMPT_FILE names.
set -eu

source=src/main/java/com/acme/orders/persistence/Page.java
test=src/test/java/com/acme/orders/persistence/PageTest.java
scratch="${TMPDIR:-/tmp}/fix-pagination.$$"
trap 'rm -f "$scratch"' EXIT

edit() { # edit FILE SED-SCRIPT: in place, keeping the file's mode
  sed "$2" "$1" > "$scratch"
  cat "$scratch" > "$1"
}

if ! grep -q 'a_full_last_page_has_no_next' "$test"; then
  echo "adding the reproduction to $test"
  edit "$test" '/private static List<Integer> numbers/i\
  @Test\
  void a_full_last_page_has_no_next() {\
    Page<Integer> last = Page.of(numbers(20), 2, 10);\
\
    assertEquals(2, last.pages());\
    assertFalse(last.hasNext());\
  }\
'
fi
echo "counting only pages that hold something in $source"
edit "$source" 's|all.size() / size + 1;|(all.size() + size - 1) / size;|'
