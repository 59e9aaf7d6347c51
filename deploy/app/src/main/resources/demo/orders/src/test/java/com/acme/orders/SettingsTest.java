package com.acme.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void the_defaults_are_in_the_properties() {
    assertEquals(new Settings(8080, 20), Settings.load());
  }
}
