package com.acme.orders.notification;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.Order;
import com.acme.orders.domain.OrderId;
import com.acme.orders.domain.OrderLine;
import com.acme.orders.domain.OrderStatus;
import com.acme.orders.domain.Sku;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderMailsTest {
  @Test
  void a_confirmation_names_the_customer_and_the_total() {
    String mail = new OrderMails().confirmation(order("ada lovelace"));

    assertTrue(mail.startsWith("Dear Ada Lovelace,"), mail);
    assertTrue(mail.contains("17.20"), mail);
    assertTrue(mail.lines().allMatch(line -> line.length() <= 60), mail);
  }

  private static Order order(String name) {
    return new Order(
        new OrderId(4711),
        new Customer(name, "ada@example.com", 1),
        List.of(new OrderLine(new Sku("TEA-002"), 2)),
        Money.of("17.20"),
        OrderStatus.PLACED);
  }
}
