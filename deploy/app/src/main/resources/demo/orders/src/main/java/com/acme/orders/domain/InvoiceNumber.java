package com.acme.orders.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number on an invoice, printed with leading zeros so that it sorts as text. */
public record InvoiceNumber(int year, long sequence) {
  private static final Pattern PRINTED = Pattern.compile("INV-([0-9]{4})-([0-9]{6})");

  public InvoiceNumber {
    if (year < 2000 || year > 9999 || sequence < 1) {
      throw new IllegalArgumentException("no such invoice: " + year + ", " + sequence);
    }
  }

  public static InvoiceNumber parse(String printed) {
    Matcher matcher = PRINTED.matcher(printed);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not an invoice number: " + printed);
    }
    return new InvoiceNumber(
        Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  public String printed() {
    return String.format("INV-%04d-%06d", year, sequence);
  }
}
