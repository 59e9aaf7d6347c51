package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/// Writes Markdown as a document of Atlassian's (ADF).
///
/// Only what that format allows where it stands: a heading in a list or quote is a bold paragraph
/// there, and a link that is no web address is its words. HTML and mentions stay text.
final class AtlassianDocument extends AbstractVisitor {
  private static final Parser MARKDOWN = Parser.builder().maxOpenBlockParsers(20).build();
  private static final Pattern WEB = Pattern.compile("(?i)(https?|mailto):\\S+");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Deque<ArrayNode> open = new ArrayDeque<>();
  private final Deque<ObjectNode> marks = new ArrayDeque<>();

  private AtlassianDocument() {}

  static ObjectNode of(String markdown) {
    var document = JSON.objectNode().put("type", "doc").put("version", 1);
    var writer = new AtlassianDocument();
    writer.open.push(document.putArray("content"));
    MARKDOWN.parse(markdown).accept(writer);
    return document;
  }

  @Override
  public void visit(Paragraph paragraph) {
    inside(node("paragraph"), paragraph);
  }

  @Override
  public void visit(Heading heading) {
    if (open.size() == 1) {
      var node = node("heading");
      node.putObject("attrs").put("level", heading.getLevel());
      inside(node, heading);
    } else {
      marked(JSON.objectNode().put("type", "strong"), () -> inside(node("paragraph"), heading));
    }
  }

  @Override
  public void visit(BulletList list) {
    inside(node("bulletList"), list);
  }

  @Override
  public void visit(OrderedList list) {
    var node = node("orderedList");
    var start = list.getMarkerStartNumber();
    node.putObject("attrs").put("order", start == null ? 1 : start);
    inside(node, list);
  }

  @Override
  public void visit(ListItem item) {
    var node = node("listItem");
    inside(node, item);
    var content = (ArrayNode) node.path("content");
    var first = content.path(0).path("type").asText();
    if (!first.equals("paragraph") && !first.equals("codeBlock")) {
      content.insertObject(0).put("type", "paragraph").putArray("content");
    }
  }

  /// A quote may not stand in a list or in another quote; there its paragraphs do.
  @Override
  public void visit(BlockQuote quote) {
    if (open.size() == 1) {
      inside(node("blockquote"), quote);
    } else {
      visitChildren(quote);
    }
  }

  @Override
  public void visit(FencedCodeBlock block) {
    var info = block.getInfo();
    code(info == null ? "" : info.strip().split("\\s", 2)[0], block.getLiteral());
  }

  @Override
  public void visit(IndentedCodeBlock block) {
    code("", block.getLiteral());
  }

  @Override
  public void visit(HtmlBlock block) {
    open.push(node("paragraph").putArray("content"));
    text(block.getLiteral());
    open.pop();
  }

  @Override
  public void visit(ThematicBreak line) {
    if (open.size() == 1) {
      node("rule");
    }
  }

  @Override
  public void visit(Text text) {
    text(text.getLiteral());
  }

  @Override
  public void visit(HtmlInline html) {
    text(html.getLiteral());
  }

  /// The format has no marks beside code but a link.
  @Override
  public void visit(Code code) {
    var links = marks.stream().filter(it -> it.path("type").asText().equals("link")).toList();
    text(code.getLiteral(), append(links, JSON.objectNode().put("type", "code")));
  }

  @Override
  public void visit(Emphasis emphasis) {
    marked(JSON.objectNode().put("type", "em"), () -> visitChildren(emphasis));
  }

  @Override
  public void visit(StrongEmphasis emphasis) {
    marked(JSON.objectNode().put("type", "strong"), () -> visitChildren(emphasis));
  }

  @Override
  public void visit(Link link) {
    linked(link.getDestination(), link);
  }

  @Override
  public void visit(Image image) {
    linked(image.getDestination(), image);
  }

  @Override
  public void visit(SoftLineBreak line) {
    node("hardBreak");
  }

  @Override
  public void visit(HardLineBreak line) {
    node("hardBreak");
  }

  private void linked(String address, Node words) {
    if (WEB.matcher(address).matches()) {
      var mark = JSON.objectNode().put("type", "link");
      mark.putObject("attrs").put("href", address);
      marked(mark, () -> visitChildren(words));
    } else {
      visitChildren(words);
    }
  }

  /// The same mark twice on a text is refused, so the inner one of two is left away.
  private void marked(ObjectNode mark, Runnable inside) {
    var type = mark.path("type");
    if (marks.stream().anyMatch(it -> it.path("type").equals(type))) {
      inside.run();
    } else {
      marks.addLast(mark);
      inside.run();
      marks.removeLast();
    }
  }

  private void code(String language, String literal) {
    var node = node("codeBlock");
    var clean = language.replaceAll("[^\\w+#.-]", "");
    if (!clean.isEmpty()) {
      node.putObject("attrs").put("language", clean);
    }
    open.push(node.putArray("content"));
    text(literal.stripTrailing(), List.of());
    open.pop();
  }

  private void text(String words) {
    text(words, List.copyOf(marks));
  }

  /// A text without characters is refused by the format.
  private void text(String words, List<ObjectNode> with) {
    if (!words.isEmpty()) {
      var node = node("text").put("text", words);
      if (!with.isEmpty()) {
        node.putArray("marks").addAll(with);
      }
    }
  }

  private ObjectNode node(String type) {
    return open.element().addObject().put("type", type);
  }

  private void inside(ObjectNode node, Node markdown) {
    open.push(node.putArray("content"));
    visitChildren(markdown);
    open.pop();
  }

  private static List<ObjectNode> append(List<ObjectNode> some, ObjectNode last) {
    return java.util.stream.Stream.concat(some.stream(), java.util.stream.Stream.of(last)).toList();
  }
}
