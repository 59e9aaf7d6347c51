package com.acme.orders.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.acme.orders.domain.OrderLine;
import com.acme.orders.domain.Sku;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WarehouseTest {
  private static final Sku TEA = new Sku("TEA-001");
  private static final Sku CUP = new Sku("CUP-001");

  private final Warehouse warehouse = new Warehouse();

  @BeforeEach
  void fill() {
    warehouse.receive(TEA, 10);
    warehouse.receive(CUP, 1);
  }

  @Test
  void takes_what_is_ordered() {
    warehouse.take(List.of(new OrderLine(TEA, 4)));

    assertEquals(6, warehouse.left(TEA));
  }

  @Test
  void takes_all_lines_or_none() {
    List<OrderLine> lines = List.of(new OrderLine(TEA, 4), new OrderLine(CUP, 2));

    assertThrows(OutOfStock.class, () -> warehouse.take(lines));
    assertEquals(10, warehouse.left(TEA));
  }

  @Test
  void adds_up_lines_of_one_article() {
    List<OrderLine> lines = List.of(new OrderLine(TEA, 6), new OrderLine(TEA, 5));

    assertThrows(OutOfStock.class, () -> warehouse.take(lines));
  }
}
