package dev.millwright.triage.domain;

import dev.millwright.shared.workitem.Kind;
import java.util.List;

/// The words that speak for a kind of work, as people write them in trackers. Measured by
/// `AccuracyTest`; change one, and look at `docs/triage.md`.
final class KindCues {
  private KindCues() {}

  private static final String ANY = "(?iu)";

  static final List<Cue<Kind>> ALL =
      List.of(
          cue(Kind.VULNERABILITY, 5, "\\bcve-\\d+|\\bghsa-\\w"),
          cue(
              Kind.VULNERABILITY,
              4,
              "vulnerab|security (?:hole|issue|fix|flaw|advisory)|\\bxss\\b|\\bcsrf\\b|\\bssrf\\b|\\bxxe\\b|\\brce\\b|path traversal|open redirect|privilege escalation|remote code|(?:sql|command|code|html|header|log|shell) injection"),
          cue(
              Kind.VULNERABILITY,
              2.5,
              "attacker|exploit|samesite|httponly|\\bhsts\\b|private key .{0,40}repositor|(?:see|read|open|change|access)s? .{0,30}of (?:other|another|foreign) |never revoked|no check of the owner|scanner"),
          cue(
              Kind.TESTS,
              4,
              "\\bflak(?:y|iness)\\b|tests? (?:fails?|coverage|hangs?|depends?)\\b|(?:unit|integration|e2e|end-to-end|regression) tests?\\b"),
          cue(
              Kind.TESTS,
              3.5,
              "\\b(?:failing|broken|missing|more|no|write|add|some) tests?\\b|(?:main|master|build|ci) is red|by a test\\b|\\bcoverage\\b"),
          Cue.of(Kind.TESTS, 2.5, "\\b[A-Z]\\w*(?:Tests?|Spec|IT)\\b"),
          cue(Kind.TESTS, 1.5, "\\btests?\\b|only the test|testcontainers|\\bfixtures?\\b"),
          cue(
              Kind.DEPENDENCY,
              5,
              "\\b(?:bump|upgrade|update|downgrade)\\w*\\b.{0,60}?(?:from|to|->|→)\\s*[\\^~]?v?\\d|chore\\(deps|dependabot|renovate"),
          cue(
              Kind.DEPENDENCY,
              3,
              "^(?:bump|upgrade)\\b|\\bpin\\b.{0,40}(?:version|image|digest)|end of life|\\beol\\b|we still (?:ship|use|have) \\S+ \\d|\\bupgrade to \\S+"),
          cue(
              Kind.DEPENDENCY,
              2,
              "package\\.json|pom\\.xml|go\\.mod|requirements\\.txt|build\\.gradle|\\.nvmrc|lockfile|cargo\\.toml|gemfile|\\bdependenc(?:y|ies)\\b|outdated librar|out of support|from the bundle"),
          cue(Kind.DEPENDENCY, 2, "^(?:drop|remove) [\\w-]+\\.js\\b|\\bdriver \\d"),
          cue(
              Kind.MIGRATION,
              4,
              "\\brefactor|\\buntangle|^rename\\b|\\bmigrat\\w* (?:from|to|away)|^migrate\\b|^(?:move|port) .{1,60} (?:from|to)\\b|^\\w+ to \\w+$"),
          cue(
              Kind.MIGRATION,
              3.5,
              "deprecat|\\bswitch from\\b|\\buse .{1,50} instead of\\b|\\breplace (?:all|every|uses)\\b|\\bmonolith\\b|\\brewrite (?:the|all|everything|in)\\b|code should be cleaner"),
          cue(
              Kind.MIGRATION,
              2,
              "\\breplace\\b|get rid of|\\bmechanical\\b|no behaviou?r change|behaviou?r stays|cyclic|\\bmigrat"),
          cue(
              Kind.DOCS,
              4,
              "\\btypo\\b|\\bspelling\\b|misspell|wrong word|\\breadme\\b|changelog|release notes|javadoc|documentation|^document\\b|\\b(?:install|user|api|upgrade|migration)\\w* guide|quickstart|\\bmanual\\b"),
          cue(
              Kind.DOCS,
              3,
              "\\bdocs\\b|\\bdocs?/|\\w\\.(?:md|rst|adoc)\\b|broken link|comment in \\w+|help text"),
          Cue.of(
              Kind.BUG,
              4,
              "^\\s*at [\\w.$/<>]+\\(|Traceback \\(most|goroutine \\d+|panic: |\\w+(?:Exception|Error)\\b"),
          cue(
              Kind.BUG,
              3.5,
              "\\bcrash|\\bdeadlock|out ?of ?memory|\\bhangs\\b|\\bfreez|steps(?: to reproduce)?:|\\bexpected\\b[\\s\\S]{0,120}\\b(?:actual|but|shown|instead|got)\\b|show[ns]? [\\s\\S]{0,40}expected|\\bbug\\b|\\bdefect\\b|^\\[?firing|^alert\\b|does ?n.?.?t work|not working"),
          cue(
              Kind.BUG,
              2.5,
              "\\bbroken\\b|\\bfails?\\b|\\bfailed\\b|\\bwrong\\b|\\bincorrect|\\bregression\\b|\\bworked (?:in|until)\\b|\\bsince (?:version |v)?\\d+\\.\\d|\\b50[0-9]\\b|timeout|\\bfix\\b|\\bdisappear|\\bvanish|\\btwice\\b|\\bloses?\\b|\\blost\\b|no longer"),
          cue(
              Kind.BUG,
              2,
              "\\berrors?\\b|\\bexception\\b|\\bis (?:never|not) \\w+|does nothing|\\bignores?\\b|\\bempty\\b|\\blate\\b|\\bdelayed\\b|\\bslow\\b|\\bleak|\\bhigh cpu|\\b100 ?% cpu|\\bskipped\\b|\\bgone\\b|\\bspins?\\b|sometimes it|\\bdown\\b|\\bha(?:s|ve) no\\b|\\blacks\\b|should be the same|is coming"),
          cue(
              Kind.BUG,
              3,
              "fehler|falsch|fehl(?:t|en)\\b|geht nicht|funktioniert nicht|absturz|kaputt|zeigt keine|\\bleert\\b|verschwind|erreur|\\best faux|ne fonctionne|plante\\b|attendu|no puedo|no funciona|se espera|no se muestra|\\bfalla\\b|não funciona|\\berro\\b|non funziona|ошибк|не работает|错误|修复|空白|崩溃|失败|无法|异常|エラー|不具合|重複|期待値|ずれる|表示されない"),
          cue(
              Kind.CHORE,
              4,
              "\\bclean ?up\\b|^chore\\b(?!\\(deps)|dead code|\\bunused\\b|checkstyle|\\blint(?:er|ing)?\\b|-format\\b|sort the imports|\\bprettier\\b|^rotate\\b|^prepare\\b|\\bfeature flag"),
          cue(
              Kind.CHORE,
              3,
              "\\.github/workflows|\\.gitlab-ci|jenkinsfile|\\bci\\b|\\brunners?\\b|\\bhelm\\b|\\bterraform\\b|values\\.yaml|^truncate\\b|^format\\b|not used any ?more|changeset"),
          cue(Kind.CHORE, 1.5, "^(?:remove|delete|drop)\\b|\\bcron\\b|no other change"),
          cue(
              Kind.FEATURE,
              4,
              "\\bas an? \\w+,? i (?:want|would)|\\bfeature request|it would be (?:really )?(?:great|nice)|^(?:wish|new)\\b|\\boption to\\b|^(?:can|could) (?:we|you|the \\S+) (?:show|add|have|get|support|make|allow|hide|offer)|\\bfirst version\\b"),
          cue(
              Kind.FEATURE,
              3,
              "^(?:add|allow|support|show|hide|let|make|introduce|implement|enable|provide|store|hash|give|grant|send|import|export(?! of)|search by|deploy|improve|set up)\\b|should be able|\\bone should\\b|\\bthere should be\\b|\\bwants?\\b|easier to use"),
          cue(Kind.FEATURE, 2.5, "\\bconfigurable\\b|\\ba setting\\b|: make\\b"),
          cue(
              Kind.FEATURE,
              1.5,
              "\\b(?:add|allow|support|implement|introduce|feature)\\b|\\bacceptance\\b"),
          cue(
              Kind.FEATURE,
              3.5,
              "hinzufügen|möchte|wünsch|es wäre|ajouter|il faudrait|añadir|agregar|quisiera|adicionar|gostaria|traduzir|добав|希望|支持|增加|新增|追加|できるように"),
          cue(
              Kind.QUESTION,
              4,
              "^(?:how|what|why|when|where|who|which|is|are|can|could|does|do|should|may)\\b.*\\?\\s*$|^(?:wie|warum|wo|wann|was|welche[rs]?|kann|comment|pourquoi|où|cómo|por qué|dónde|como|por que|как|почему)\\s.*\\?\\s*$|如何|怎么|ですか"),
          cue(
              Kind.QUESTION,
              4,
              "\\bquestion about\\b|need help\\b|can (?:someone|anybody|anyone) (?:explain|tell)|does any(?:one|body)\\b|\\bi (?:do not|don.t) (?:understand|get it)|would like to understand|can you help me"));

  private static Cue<Kind> cue(Kind kind, double weight, String words) {
    return Cue.of(kind, weight, ANY + words);
  }
}
