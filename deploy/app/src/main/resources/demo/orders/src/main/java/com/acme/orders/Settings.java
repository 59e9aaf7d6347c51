package com.acme.orders;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The service's settings: {@code orders.properties}, overridden by system properties. */
public record Settings(int port, int pageSize) {

  public static Settings load() {
    Properties properties = new Properties();
    try (InputStream in = Settings.class.getResourceAsStream("/orders.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    properties.putAll(System.getProperties());
    return new Settings(
        Integer.parseInt(properties.getProperty("orders.port")),
        Integer.parseInt(properties.getProperty("orders.page-size")));
  }
}
