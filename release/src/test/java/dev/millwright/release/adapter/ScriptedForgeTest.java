package dev.millwright.release.adapter;

import dev.millwright.release.port.Forge;
import dev.millwright.release.port.ForgePortContract;

class ScriptedForgeTest extends ForgePortContract {
  private final ScriptedForge forge = new ScriptedForge();

  @Override
  protected Forge forge() {
    return forge;
  }

  @Override
  protected Commits commits() {
    return new Commits("base", "first", "second", "merge");
  }

  @Override
  protected void overtake() {
    forge.head("orders", "main", "somebody else's");
  }
}
