package dev.millwright.triage.domain;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What in a text can be pointed at: names, places, numbers; and the words that say something.
final class Terms {
  /// A file, a path, a class, a function, a version, a code, something quoted.
  private static final Pattern POINT =
      Pattern.compile(
          "[\\w-]+\\.(?:[a-z]{1,5}|\\d+)\\b|(?<![\\w/])/[\\w.-]+|\\b[\\w-]+/[\\w./-]+|\\b[A-Z][a-z0-9]+[A-Z]\\w*|\\b[a-z]+[A-Z]\\w+|\\b\\w+\\(\\)|\\b[A-Z]{2,}\\b(?=[ _-]?\\d)|`[^`\\n]{1,80}`|\"[^\"\\n]{2,80}\"|\\b[1-9]\\d+\\b|\\b\\d+ ?(?:%|ms|s|MB|GB|kB)\\b|--?[a-z][\\w-]{2,}(?==)|\\b\\w+_\\w+\\b|--[a-z][\\w-]+|\\b(?:README|CHANGELOG|Dockerfile|Makefile|LICENSE)\\b");

  private static final Pattern WORD = Pattern.compile("(?U)[\\p{L}][\\p{L}\\p{M}'’-]*");
  private static final Pattern WITHOUT_SPACES =
      Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]");

  /// Words that name nothing: the glue of a sentence, and what is said of everything.
  private static final Set<String> HOLLOW =
      Set.of(
          ("a about above add after again ago all already also always an and another any anymore anybody"
                  + " anything app application appears are around as asap at away bad be because been before"
                  + " being below best better big bit both broken bug but button by call called calls came can"
                  + " change check cleaner clearly close code color colour come comes could crash customer"
                  + " customers complain day days did didn didnt do docs documentation does doesn doesnt doing don"
                  + " done dont down due each easier easy either else end error errors even ever every everybody"
                  + " everything exception fail fails failing failed feature features few fine first fix for from"
                  + " further get gets getting give gives go goes good got great had happen happens has have having"
                  + " he help her here him his how i if im improve in instead into is isn isnt issue issues it its"
                  + " just know last later less like little long look looks lot made main make makes many may maybe"
                  + " me modern monday more most much must my need needed needs never new next nice no not nothing"
                  + " now of off often ok old on once one only open or other our out outdated over own page pages"
                  + " part people performance please possible problem problems production project quickly really"
                  + " refactor refactoring right same say says second see seems she should show shows since site"
                  + " slow so some somebody someone something sometimes soon still stuff such sure system task"
                  + " test tests thank thanks that the their them then there these they thing things think this"
                  + " those time times to today todo too try tuesday under unclear until up update updated urgent us"
                  + " usability use used user users using very want wants was way we website week well went were"
                  + " what when where which while who whole why will with without work worked working works would"
                  + " wrong year yes yet you your untitled hello hi")
              .split(" "));

  private Terms() {}

  static Set<String> points(String text) {
    return POINT
        .matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// The different words that say something; scripts without spaces count a word for two signs.
  static int speaking(String text) {
    var signs = WITHOUT_SPACES.matcher(text).results().count();
    var words =
        WORD.matcher(WITHOUT_SPACES.matcher(Words.lower(text)).replaceAll(" "))
            .results()
            .map(found -> found.group().replaceAll("['’].*", ""))
            .filter(word -> word.length() > 2 && !HOLLOW.contains(word))
            .distinct()
            .count();
    return (int) (words + signs / 2);
  }
}
