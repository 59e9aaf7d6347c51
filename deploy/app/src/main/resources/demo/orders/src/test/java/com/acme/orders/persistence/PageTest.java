package com.acme.orders.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void the_last_page_holds_the_rest() {
    Page<Integer> last = Page.of(numbers(25), 3, 10);

    assertEquals(List.of(21, 22, 23, 24, 25), last.items());
    assertEquals(3, last.pages());
    assertFalse(last.hasNext());
  }

  @Test
  void an_earlier_page_has_a_next() {
    assertTrue(Page.of(numbers(25), 2, 10).hasNext());
  }

  @Test
  void a_page_past_the_end_is_empty() {
    assertEquals(List.of(), Page.of(numbers(25), Integer.MAX_VALUE, 10).items());
  }

  @Test
  void pages_are_counted_from_one() {
    assertThrows(IllegalArgumentException.class, () -> Page.of(numbers(1), 0, 10));
  }

  private static List<Integer> numbers(int count) {
    return IntStream.rangeClosed(1, count).boxed().collect(Collectors.toList());
  }
}
