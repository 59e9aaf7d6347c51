package dev.millwright.triage.adapter.board;

import dev.millwright.shared.settings.BoardSettings;
import dev.millwright.shared.settings.Secret;
import dev.millwright.triage.port.Board;
import dev.millwright.triage.port.Board.Fault.Category;
import dev.millwright.triage.port.MadeBoard;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Reads what only one kind of board knows, and collects what is wrong with it.
///
/// `$NAME` as a whole value stands for an environment variable. If that one is not set, or the key
/// is missing, the variable that the kind is known for counts; one that is set but empty is
/// missing. A value that is written out is never overridden. Everything else, `env:NAME` too, is
/// plain text.
final class ProviderKeys {
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z_][A-Za-z0-9_]*)");
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7e]{1,10000}");

  private final BoardSettings settings;
  private final Map<String, String> environment;
  private final List<MadeBoard.Wrong> wrong = new ArrayList<>();

  ProviderKeys(BoardSettings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /// The board, or all that is wrong; nothing is made unless everything is right.
  MadeBoard made(Supplier<Board> board) {
    return wrong.isEmpty() ? new MadeBoard.Ready(board.get()) : new MadeBoard.Unusable(wrong);
  }

  void wrong(String code, String key, String what, String fix) {
    wrong.add(new MadeBoard.Wrong(Category.CONFIG, code, key, what, fix));
  }

  /// A text that may be missing.
  ///
  /// @param variable what it is read from when it is not written; empty for none
  String optional(String key, String variable) {
    var written = settings.provider().get(key);
    return switch (written) {
      case null -> environment.getOrDefault(variable, "").strip();
      case String text -> resolved(text.strip(), variable);
      default -> {
        wrong(code("invalid", key), "provider." + key, "it is not text", "write it in quotes");
        yield "";
      }
    };
  }

  /// A text that must be there: empty only when something was found to be wrong.
  String text(String key, String variable) {
    var before = wrong.size();
    var value = optional(key, variable);
    if (value.isEmpty() && wrong.size() == before) {
      wrong(code("missing", key), "provider." + key, "it is missing", fix(key, variable));
    }
    return value;
  }

  /// A secret that must be there.
  ///
  /// @param name what it is called in a code, such as `api_token`
  Secret secret(String key, String name, String variable) {
    var before = wrong.size();
    var value = optional(key, variable);
    if (wrong.size() > before) {
      return Secret.NONE;
    }
    var place = "provider." + key;
    if (value.isEmpty()) {
      var code = code("missing", name);
      wrong.add(
          new MadeBoard.Wrong(
              Category.SECRET, code, place, "the secret is missing", fix(key, variable)));
    } else if (!SENDABLE.matcher(value).matches()) {
      var what = "the secret has characters that no header can carry";
      wrong(code("invalid", name), place, what, "look for a line end or a space in it");
    }
    return new Secret(value);
  }

  /// The base address of a provider, without a slash at its end: `https`, or `http` to this
  /// machine.
  URI address(String key, String variable, String usual) {
    var before = wrong.size();
    var written = optional(key, variable);
    var value = written.isEmpty() ? usual : written;
    if (wrong.size() > before) {
      return URI.create(usual.isEmpty() ? "https://invalid" : usual);
    }
    if (value.isEmpty()) {
      wrong(code("missing", key), "provider." + key, "it is missing", fix(key, variable));
      return URI.create("https://invalid");
    }
    try {
      var uri = new URI(value.replaceFirst("/+$", ""));
      var problem = problem(uri);
      if (problem.isEmpty()) {
        return uri;
      }
      return notAnAddress(key, value, problem);
    } catch (URISyntaxException _) {
      return notAnAddress(key, value, "it is no address");
    }
  }

  private URI notAnAddress(String key, String value, String problem) {
    // What stands before an @ may be a password.
    var shown = value.replaceFirst("//[^/]*@", "//(hidden)@");
    var fix = "write an https address without user, query and fragment";
    wrong(code("invalid", key), "provider." + key, "'" + shown + "': " + problem, fix);
    return URI.create("https://invalid");
  }

  private static String problem(URI uri) {
    var scheme = String.valueOf(uri.getScheme());
    if (uri.getHost() == null || uri.getUserInfo() != null) {
      return uri.getHost() == null ? "it names no server" : "it names a user";
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return "it has a query or a fragment";
    }
    if (scheme.equalsIgnoreCase("https")) {
      return "";
    }
    return scheme.equalsIgnoreCase("http") && isLoopback(uri.getHost())
        ? ""
        : "only https is safe for a secret";
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.equals("[::1]");
  }

  /// Whether something is switched on.
  boolean flag(String key) {
    return switch (settings.provider().get(key)) {
      case null -> false;
      case Boolean flag -> flag;
      default -> {
        wrong(code("invalid", key), "provider." + key, "it is not true or false", "write true");
        yield false;
      }
    };
  }

  /// Names with what they stand for, in the order written.
  Map<String, String> names(String key) {
    var names = new LinkedHashMap<String, String>();
    var written = settings.provider().get(key);
    if (written instanceof Map<?, ?> map) {
      map.forEach((name, value) -> names.put(String.valueOf(name), String.valueOf(value)));
    } else if (written != null) {
      wrong(code("invalid", key), "provider." + key, "it is not a map", "write name: value");
    }
    return names;
  }

  /// The active states, else the kind's own; neither is an error.
  List<String> active(List<String> usual) {
    return states("active_states", settings.selection().active(), usual);
  }

  /// The same for the states in which a ticket is over.
  List<String> terminal(List<String> usual) {
    return states("terminal_states", settings.selection().terminal(), usual);
  }

  private List<String> states(String key, List<String> written, List<String> usual) {
    var states = written.isEmpty() ? usual : written;
    if (states.isEmpty()) {
      wrong(code("missing", key), key, "this kind of board has no usual ones", "name them");
    }
    return states;
  }

  /// Such as `missing_linear_project_slug`.
  String code(String problem, String name) {
    return problem + "_" + settings.kind() + "_" + name;
  }

  private String resolved(String text, String usual) {
    var variable = VARIABLE.matcher(text);
    if (!variable.matches()) {
      return text;
    }
    var named = environment.get(variable.group(1));
    return (named == null ? environment.getOrDefault(usual, "") : named).strip();
  }

  private static String fix(String key, String variable) {
    return variable.isEmpty() ? "write " + key : "set " + variable + " or write " + key;
  }
}
