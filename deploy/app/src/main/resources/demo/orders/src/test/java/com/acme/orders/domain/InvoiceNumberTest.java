package com.acme.orders.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class InvoiceNumberTest {
  @Test
  void what_is_printed_can_be_read_again() {
    InvoiceNumber number = new InvoiceNumber(2026, 4711);

    assertEquals(number, InvoiceNumber.parse(number.printed()));
  }

  @Test
  void printed_numbers_sort_like_the_invoices() {
    String ninth = new InvoiceNumber(2026, 9).printed();
    String tenth = new InvoiceNumber(2026, 10).printed();

    assertTrue(ninth.compareTo(tenth) < 0);
  }

  @Test
  void other_text_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> InvoiceNumber.parse("INV-26-1"));
  }
}
