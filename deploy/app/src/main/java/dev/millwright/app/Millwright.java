package dev.millwright.app;

/// The program: what `./millwright` starts.
public final class Millwright {
  private Millwright() {}

  public static void main(String[] arguments) {
    System.out.println(
        "millwright " + Runtime.version().feature() + " " + String.join(" ", arguments));
  }
}
