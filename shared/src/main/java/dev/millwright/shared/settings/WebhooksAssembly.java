package dev.millwright.shared.settings;

import dev.millwright.shared.settings.TriggerSettings.Limit;
import dev.millwright.shared.settings.TriggerSettings.Work;
import dev.millwright.shared.settings.WebhookSettings.Calling;
import dev.millwright.shared.settings.WebhookSettings.Mapping;
import dev.millwright.shared.settings.WebhookSettings.People;
import dev.millwright.shared.settings.WebhookSettings.Secrets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts webhooks and their rules together and checks what no key of them can check alone.
///
/// @param repos the names of the repositories there are
record WebhooksAssembly(Findings findings, Set<String> repos) {
  private static final Pattern POINTER = Pattern.compile("(/[^/]*)+");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern ON = Pattern.compile("(\\*|[a-z]{1,32})/(\\*|[\\w .:-]{1,64})");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  Map<String, WebhookSettings> webhooks() {
    var hooks = new LinkedHashMap<String, WebhookSettings>();
    for (var name : findings.names("webhooks")) {
      var at = "webhooks." + name + ".";
      var kind = findings.text(at + "kind", "");
      if (!kind.isEmpty()) {
        hooks.put(
            name,
            new WebhookSettings(
                name,
                kind,
                secrets(name, at),
                repo(at + "repo"),
                new Calling(
                    findings.text(at + "label", "agent"),
                    findings.text(at + "handle", "millwright").replaceFirst("^[@/]", "")),
                new People(
                    findings.texts(at + "trust").orElse(List.of()),
                    findings.text(at + "bots", "ignore").equals("allow")),
                mapping(name, kind, at)));
      }
    }
    return hooks;
  }

  private Secrets secrets(String name, String at) {
    var current = findings.value(at + "secret", Secret.class).orElse(Secret.NONE);
    if (current.isEmpty()) {
      findings.warning(
          findings.line("webhooks." + name),
          at + "secret",
          "is missing, so every delivery to it is refused",
          "add it, like secret: $" + "WEBHOOK_SECRET");
    }
    return new Secrets(
        current, findings.value(at + "previous_secret", Secret.class).orElse(Secret.NONE));
  }

  private Mapping mapping(String name, String kind, String at) {
    var pointers = new LinkedHashMap<String, String>();
    for (var field : WebhookKeys.POINTERS.keySet()) {
      var path = at + "map." + field;
      findings
          .value(path, String.class)
          .filter(pointer -> isPointer(path, pointer))
          .ifPresent(pointer -> pointers.put(field, pointer));
    }
    if (kind.equals("generic") && !pointers.containsKey("title")) {
      findings.error(
          findings.line("webhooks." + name),
          at + "map.title",
          "is missing",
          "say where in its JSON the title stands, like map: {title: /subject}");
    }
    var header = findings.text(at + "signature_header", Mapping.USUAL.header());
    if (!HEADER.matcher(header).matches()) {
      findings.error(
          findings.line(at + "signature_header"),
          at + "signature_header",
          "'" + header + "' is no header's name",
          "use letters, digits and -");
    }
    return new Mapping(findings.text(at + "auth", Mapping.USUAL.auth()), header, pointers);
  }

  private boolean isPointer(String path, String pointer) {
    if (!POINTER.matcher(pointer).matches()) {
      findings.error(
          findings.line(path),
          path,
          "'" + pointer + "' is not a JSON Pointer",
          "write it like /issue/title");
      return false;
    }
    return true;
  }

  List<TriggerSettings> triggers() {
    var triggers = new ArrayList<TriggerSettings>();
    var names = new HashSet<String>();
    for (var at : findings.names("triggers")) {
      var name = findings.text(at + ".name", "");
      if (!name.isEmpty() && !NAME.matcher(name).matches()) {
        findings.error(
            findings.line(at + ".name"),
            at + ".name",
            "'" + name + "' is not a name",
            "use letters, digits, - and _ (at most 64)");
      } else if (!name.isEmpty() && !names.add(name)) {
        findings.error(
            findings.line(at + ".name"),
            at + ".name",
            "'" + name + "' is there twice",
            "give each rule a name of its own");
      }
      triggers.add(
          new TriggerSettings(
              name, on(at + ".on"), findings.text(at + ".when", "true"), work(at), limit(at)));
    }
    return triggers;
  }

  private String on(String path) {
    var on = findings.text(path, "*/*");
    var form = ON.matcher(on);
    var known = form.matches() && (form.group(1).equals("*") || isKind(form.group(1)));
    if (!known) {
      findings.error(
          findings.line(path),
          path,
          "'" + on + "' is not SOURCE/EVENT",
          "write it like github/workflow_run, */issue or */*");
    }
    return on;
  }

  private static boolean isKind(String source) {
    return WebhookKeys.KINDS.contains(source);
  }

  private Work work(String at) {
    return new Work(
        repo(at + ".repo"),
        findings.value(at + ".agent", String.class).orElse(null),
        findings.value(at + ".kind", String.class).orElse(null),
        findings.texts(at + ".labels").orElse(List.of()),
        findings.value(at + ".priority", Integer.class).orElse(null),
        findings.value(at + ".title", String.class).orElse(null),
        findings.value(at + ".body", String.class).orElse(null));
  }

  private Limit limit(String at) {
    var window = findings.time(at + ".limit.window", Limit.NONE.window());
    return new Limit(findings.whole(at + ".limit.most", 0), window);
  }

  private @Nullable String repo(String path) {
    var repo = findings.value(path, String.class);
    if (repo.isPresent() && !repos.contains(repo.get())) {
      findings.error(
          findings.line(path),
          path,
          "'" + repo.get() + "' is not under repos",
          Spelling.nearest(repo.get(), repos)
              .map(name -> "did you mean " + name + "?")
              .orElse("add it there"));
      return null;
    }
    return repo.orElse(null);
  }
}
