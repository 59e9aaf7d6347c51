package dev.millwright.triage.adapter;

import dev.millwright.shared.signal.Author;
import dev.millwright.shared.workitem.ItemId;
import dev.millwright.triage.domain.Alike;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.NIOFSDirectory;

/// Work and its words in an index of Lucene, on disk. The few entries that share the rarest words
/// with a request are looked up; only they are compared with it.
///
/// What is in it can be read from the journal at any time, so it begins empty with each process.
public final class LuceneNeighbours implements AutoCloseable {
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");
  private static final int MOST_COMPARED = 10;
  private static final int MOST_ASKED = 25;
  private static final int MOST_COMMON = 8;
  private static final int MOST_CHARACTERS = 1_500;
  private static final double OF_TITLE = 0.4;

  private final Tongue tongue = new Tongue();
  private final NIOFSDirectory folder;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  private LuceneNeighbours(Path folder) throws IOException {
    this.folder = new NIOFSDirectory(folder);
    this.writer =
        new IndexWriter(
            this.folder,
            new IndexWriterConfig(tongue)
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
                .setRAMBufferSizeMB(8)
                .setCommitOnClose(false));
    this.searchers = new SearcherManager(writer, null);
  }

  /// Begins empty.
  ///
  /// @param folder its own; what is in it is overwritten
  public static LuceneNeighbours open(Path folder) throws IOException {
    // It advises about the JVM's flags, once, on the error output.
    LUCENE.setLevel(Level.SEVERE);
    return new LuceneNeighbours(Files.createDirectories(folder));
  }

  /// One item as it is looked for.
  public record Noted(
      ItemId id,
      String repo,
      String title,
      String body,
      Author.Trust trust,
      Alike.Standing standing) {}

  /// Enters an item, in place of what was known of it.
  public void note(Noted noted) throws IOException {
    writer.updateDocument(new Term("id", noted.id().value()), document(noted));
  }

  public void forget(ItemId id) throws IOException {
    writer.deleteDocuments(new Term("id", id.value()));
  }

  /// What reads most like a text of a repository and was received no later than it.
  public List<Alike> of(ItemId self, String repo, Instant receivedAt, String title, String body) {
    try {
      searchers.maybeRefreshBlocking();
      var searcher = searchers.acquire();
      try {
        var rarity = new Rarity(searcher.getIndexReader());
        var asked = new Text(tongue, title, cut(body));
        var found = searcher.search(query(self, repo, receivedAt, asked, rarity), MOST_COMPARED);
        var stored = searcher.storedFields();
        var alike = new ArrayList<Alike>();
        for (var hit : found.scoreDocs) {
          alike.add(compared(asked, stored.document(hit.doc), rarity));
        }
        alike.sort(
            Comparator.comparingDouble(Alike::score)
                .reversed()
                .thenComparing(it -> it.standing().receivedAt()));
        return alike;
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the index of what is known cannot be read", e);
    }
  }

  private static Query query(
      ItemId self, String repo, Instant receivedAt, Text asked, Rarity rarity) {
    var words = new BooleanQuery.Builder();
    asked.all().entrySet().stream()
        .sorted(
            Comparator.comparingDouble(
                word -> -rarity.of(word.getKey()) * word.getValue().weight()))
        .limit(MOST_ASKED)
        .forEach(word -> words.add(new TermQuery(new Term("words", word.getKey())), Occur.SHOULD));
    return new BooleanQuery.Builder()
        .add(words.build(), Occur.MUST)
        .add(new TermQuery(new Term("repo", repo)), Occur.FILTER)
        .add(
            LongPoint.newRangeQuery("received", Long.MIN_VALUE, receivedAt.toEpochMilli()),
            Occur.FILTER)
        .add(new TermQuery(new Term("id", self.value())), Occur.MUST_NOT)
        .build();
  }

  private Alike compared(Text asked, Document other, Rarity rarity) {
    var title = other.get("title");
    var body = other.get("body");
    var text = new Text(tongue, title, body);
    var score =
        OF_TITLE * cosine(asked.title(), text.title(), rarity)
            + (1 - OF_TITLE) * cosine(asked.all(), text.all(), rarity);
    var common =
        asked.all().entrySet().stream()
            .filter(word -> text.all().containsKey(word.getKey()))
            .sorted(Comparator.comparingDouble(word -> -rarity.of(word.getKey())))
            .map(word -> word.getValue().spelling())
            .distinct()
            .limit(MOST_COMMON)
            .toList();
    return new Alike(
        new ItemId(other.get("id")),
        title,
        body,
        Author.Trust.valueOf(other.get("trust")),
        new Alike.Standing(
            Instant.ofEpochMilli(Long.parseLong(other.get("received"))),
            other.get("finished") == null
                ? null
                : Instant.ofEpochMilli(Long.parseLong(other.get("finished"))),
            other.get("part_of")),
        Math.round(score * 100) / 100.0,
        common);
  }

  /// A title and all of a text, as words.
  private record Text(Map<String, Tongue.Spoken> title, Map<String, Tongue.Spoken> all) {
    Text(Tongue tongue, String title, String body) {
      this(tongue.words(title), tongue.words(title + "\n" + body));
    }
  }

  /// How much a word tells: what few say, tells most. Looked up once a word.
  private record Rarity(IndexReader reader, Map<String, Double> known) {
    Rarity(IndexReader reader) {
      this(reader, new HashMap<>());
    }

    double of(String word) {
      return known.computeIfAbsent(word, this::lookedUp);
    }

    private double lookedUp(String word) {
      try {
        var all = Math.max(1, reader.numDocs());
        var saying = Math.min(all, reader.docFreq(new Term("words", word)));
        return Math.log(1 + (all + 1.0) / (saying + 0.5));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static double cosine(
      Map<String, Tongue.Spoken> one, Map<String, Tongue.Spoken> other, Rarity rarity) {
    var dot = 0.0;
    for (var word : one.entrySet()) {
      var same = other.get(word.getKey());
      if (same != null) {
        var rare = rarity.of(word.getKey());
        dot += rare * word.getValue().weight() * rare * same.weight();
      }
    }
    return dot == 0 ? 0 : dot / (length(one, rarity) * length(other, rarity));
  }

  private static double length(Map<String, Tongue.Spoken> words, Rarity rarity) {
    return Math.sqrt(
        words.entrySet().stream()
            .mapToDouble(word -> Math.pow(rarity.of(word.getKey()) * word.getValue().weight(), 2))
            .sum());
  }

  private Document document(Noted noted) {
    var standing = noted.standing();
    var body = cut(noted.body());
    var document = new Document();
    document.add(new StringField("id", noted.id().value(), Field.Store.YES));
    document.add(new StringField("repo", noted.repo(), Field.Store.NO));
    document.add(new StoredField("title", noted.title()));
    document.add(new StoredField("body", body));
    document.add(new TextField("words", noted.title() + "\n" + body, Field.Store.NO));
    document.add(new StoredField("trust", noted.trust().name()));
    var received = standing.receivedAt().toEpochMilli();
    document.add(new LongPoint("received", received));
    document.add(new StoredField("received", Long.toString(received)));
    var finished = standing.finishedAt();
    if (finished != null) {
      document.add(new StoredField("finished", Long.toString(finished.toEpochMilli())));
    }
    var whole = standing.partOf();
    if (whole != null) {
      document.add(new StoredField("part_of", whole));
    }
    return document;
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    writer.close();
    folder.close();
    tongue.close();
  }
}
