package com.acme.orders.persistence;

import java.util.List;

/** A part of a longer list. Pages are counted from one. */
public record Page<T>(List<T> items, int number, int pages, int total) {
  public Page {
    items = List.copyOf(items);
  }

  public static <T> Page<T> of(List<T> all, int number, int size) {
    if (number < 1 || size < 1) {
      throw new IllegalArgumentException("pages and sizes start at 1");
    }
    int pages = all.size() / size + 1;
    long first = (long) (number - 1) * size;
    List<T> items =
        first >= all.size()
            ? List.of()
            : all.subList((int) first, Math.min((int) first + size, all.size()));
    return new Page<>(items, number, pages, all.size());
  }

  public boolean hasNext() {
    return number < pages;
  }
}
