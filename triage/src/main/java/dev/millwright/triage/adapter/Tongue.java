package dev.millwright.triage.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Reads tickets: words and the parts of names such as `CartService.merge`, stemmed, without what
/// every ticket says.
final class Tongue extends Analyzer {
  private static final int PARTS =
      WordDelimiterGraphFilter.GENERATE_WORD_PARTS
          | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
          | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
          | WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE
          | WordDelimiterGraphFilter.PRESERVE_ORIGINAL;
  private static final int LONGEST = 60;

  private static final CharArraySet SAID_ALWAYS =
      new CharArraySet(
          List.of(
              "actual",
              "behavior",
              "behaviour",
              "bug",
              "can",
              "could",
              "do",
              "does",
              "expected",
              "from",
              "get",
              "happens",
              "has",
              "have",
              "i",
              "issue",
              "it's",
              "our",
              "please",
              "reproduce",
              "see",
              "should",
              "steps",
              "version",
              "we",
              "when",
              "which",
              "would",
              "you",
              "java",
              "org",
              "com",
              "http",
              "https",
              "www",
              "what",
              "so",
              "must",
              "need",
              "needs",
              "there",
              "only",
              "them",
              "than"),
          true);

  static {
    SAID_ALWAYS.addAll(EnglishAnalyzer.getDefaultStopSet());
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    var tokens = new StandardTokenizer();
    var parts = new FlattenGraphFilter(new WordDelimiterGraphFilter(tokens, PARTS, null));
    var plain = new ASCIIFoldingFilter(new LowerCaseFilter(new CJKWidthFilter(parts)));
    var said =
        new LengthFilter(new StopFilter(new CJKBigramFilter(plain), SAID_ALWAYS), 1, LONGEST);
    return new TokenStreamComponents(tokens, new PorterStemFilter(said));
  }

  /// A word as it is compared: how often it is said, and how it was first spelled.
  record Spoken(int times, String spelling) {
    double weight() {
      return 1 + Math.log(times);
    }
  }

  /// The words of a text, in the order they come.
  Map<String, Spoken> words(String text) {
    var words = new LinkedHashMap<String, Spoken>();
    try (var stream = tokenStream("words", text)) {
      var term = stream.addAttribute(CharTermAttribute.class);
      var offset = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        var spelling = text.substring(offset.startOffset(), offset.endOffset());
        words.merge(
            term.toString(),
            new Spoken(1, spelling),
            (one, _) -> new Spoken(one.times() + 1, one.spelling()));
      }
      stream.end();
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
