package dev.millwright.app;

import dev.millwright.codegen.adapter.gateway.Guest;
import dev.millwright.codegen.port.ModelGateway;
import dev.millwright.shared.line.Assignment;
import dev.millwright.shared.settings.ModelSettings;
import dev.millwright.shared.workitem.Usage;
import dev.millwright.triage.adapter.ModelLine;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// A line from triage to its model through the gateway, which has the key and holds the budgets.
record SecondOpinion(ModelGateway.Pass pass, ModelSettings settings) implements ModelLine {
  /// What the gateway knows triage as; no agent can have this name.
  static final String NAME = "triage/model";

  static Optional<ModelLine> line(Workshop workshop, Assignment work) {
    var model = workshop.settings().policy().triage().model();
    if (model == null) {
      return Optional.empty();
    }
    var guest = new Guest(work.item(), work.lease().generation(), work.counters().spent());
    return Optional.of(new SecondOpinion(workshop.gateway().admit(guest, NAME), model));
  }

  @Override
  public URI url() {
    return URI.create(pass.url());
  }

  @Override
  public String token() {
    return pass.token();
  }

  @Override
  public String protocol() {
    return settings.protocol();
  }

  @Override
  public String model() {
    return settings.model().isEmpty() ? settings.name() : settings.model();
  }

  @Override
  public Usage spent() {
    return pass.spent();
  }

  @Override
  public Optional<Path> exchange() {
    return pass.exchanges();
  }

  @Override
  public void close() {
    pass.close();
  }
}
