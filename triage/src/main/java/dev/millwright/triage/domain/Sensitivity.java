package dev.millwright.triage.domain;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.signal.Request;
import dev.millwright.shared.workitem.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds what a person should look at before work begins: what the request touches that is hard to
/// take back, and words that speak to the machine instead of to people.
final class Sensitivity {
  /// What is hard to take back.
  enum Area {
    SECRETS,
    AUTHENTICATION,
    BILLING,
    DATA_MIGRATIONS,
    RELEASE_SETTINGS,
    PRODUCTION_DATA,
    WORDS_TO_THE_MACHINE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final List<Cue<Area>> CUES =
      List.of(
          cue(
              Area.SECRETS,
              "\\bsecrets?\\b|passwo?r[dt]s?\\b|passphrase|mot de passe|contraseña|\\bsenha|密码|credential|api[ -]?(?:keys?|tokens?)\\b|private key|access tokens?\\b|refresh token|\\bvault\\b|\\bencrypt"),
          cue(
              Area.AUTHENTICATION,
              "authenti|authori[sz]|\\blog ?(?:in|out)\\b|\\bsso\\b|\\bsaml\\b|oauth|\\bsign in\\b|session (?:cookie|timeout)|\\bcookie\\b|permission|access to\\b|\\brole \\w+|\\bcsrf\\b|owner\\b.*\\b(?:check|controller)|anmelde|connexion|登录|ログイン"),
          cue(
              Area.BILLING,
              "billing|\\bpayments?\\b|\\binvoic|\\brefund|\\bvat\\b|\\btax(?:es)?\\b|credit card|bank account|\\bstripe\\b|paypal|\\bfactur|rechnung|\\bmwst\\b|\\biva\\b|\\btva\\b|发票"),
          cue(
              Area.DATA_MIGRATIONS,
              "flyway|liquibase|drop table|\\btruncate\\b|backfill|schema change|(?:data|database) migration|\\badd column|\\bnot null\\b|changeset|stored procedures|write a migration|migration for the index|existing (?:rows|data)"),
          cue(
              Area.RELEASE_SETTINGS,
              "\\.github/workflows|\\.gitlab-ci|jenkinsfile|release (?:pipeline|workflow)|\\bdeploy(?:ment|s)?\\b(?! of)|\\bterraform\\b|\\bhelm\\b|values\\.yaml|\\bpipeline\\b|\\binfra/|\\bin infra\\b|docker image from the build"),
          cue(
              Area.PRODUCTION_DATA,
              "production (?:data|database|db)\\b|\\bprod database|\\bon prod\\b|\\bin production\\b|customers?.? data\\b"),
          cue(
              Area.WORDS_TO_THE_MACHINE,
              "(?:ignore|disregard|forget) (?:all |any |the |your )*(?:previous|prior|above|earlier|rules|instructions)|you are now\\b|^\\s*system:|<system>|<!--\\s*(?:assistant|ai|agent|system)\\b|note to (?:the )?(?:ai|agent|assistant|model|bot)|as the maintainer told|skip the approval|disable the approval|set (?:trust|confidence)\\b|respond with \\{|(?:curl|wget) \\S+ *\\| *(?:ba)?sh|~/\\.ssh|mark as low risk"));

  private Sensitivity() {}

  /// Everything the request touches; the value is empty where it touches nothing.
  static Judged<Set<Area>> judge(Request request) {
    var text = request.title() + "\n" + head(request.body());
    var found = EnumSet.noneOf(Area.class);
    var why = new ArrayList<String>();
    for (var cue : CUES) {
      cue.in(text)
          .ifPresent(words -> {
            found.add(cue.of());
            why.add(cue.of() + " (\"" + words + "\")");
          });
    }
    return found.isEmpty()
        ? new Judged<>(Set.of(), 0.8, "it names nothing that is hard to take back")
        : new Judged<>(Set.copyOf(found), 0.8, "it touches " + String.join(", ", why));
  }

  /// Whether a person has to agree because of it. An operator has agreed by asking, and words about
  /// tests, documents and versions change nothing that is delicate by themselves; words to the
  /// machine are never innocent.
  static boolean needsApproval(Set<Area> areas, Kind kind, Author author) {
    if (areas.isEmpty() || author.trust() == Author.Trust.OPERATOR) {
      return false;
    }
    return areas.contains(Area.WORDS_TO_THE_MACHINE)
        || switch (kind) {
          case DOCS, TESTS, DEPENDENCY, QUESTION -> false;
          case VULNERABILITY -> author.trust() != Author.Trust.MACHINE;
          case BUG, MIGRATION, CHORE, FEATURE -> true;
        };
  }

  static String named(Set<Area> areas) {
    return areas.stream().sorted().map(Area::toString).collect(Collectors.joining(", "));
  }

  /// A text without the sentences that speak to the machine.
  static String toPeople(String text) {
    var machine = CUES.getLast();
    return machine.in(text).isEmpty()
        ? text
        : Arrays.stream(text.split("(?<=[.!?])\\s|\\n"))
            .filter(sentence -> machine.in(sentence).isEmpty())
            .collect(Collectors.joining("\n"));
  }

  private static String head(String body) {
    return body.substring(0, Math.min(8_000, body.length()));
  }

  private static Cue<Area> cue(Area area, String words) {
    return Cue.of(area, 1, "(?iu)" + words);
  }
}
