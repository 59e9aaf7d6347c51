package dev.millwright.codegen.adapter.gateway;

import dev.millwright.codegen.port.ModelGateway.Trouble;
import dev.millwright.shared.workitem.FailureKind;
import dev.millwright.shared.workitem.ItemId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What agents may still spend: each item its own budget, all of them together one for the day.
///
/// The most a call may cost is set aside before it is made, so that calls at the same time cannot
/// overrun a budget together. What earlier attempts of an item cost comes with the brief, what the
/// day has cost from the ledger, so neither is forgotten with this process.
public final class Budgets {
  private final Ledger ledger;
  private final Supplier<Most> most;
  private final Map<ItemId, Account> accounts = new HashMap<>();
  private long setAsideToday;

  /// @param most asked before each call, so that a budget that was raised counts at once
  public Budgets(Ledger ledger, Supplier<Most> most) {
    this.ledger = ledger;
    this.most = most;
  }

  /// The most that may be spent, money in millionths of a dollar; 0 is no limit.
  public record Most(long itemTokens, long itemMicroDollars, long dayMicroDollars) {
    public static final Most UNLIMITED = new Most(0, 0, 0);
  }

  /// What a call costs.
  record Amount(long tokens, long microDollars) {
    static Amount of(Upstream model, Wire.Tokens tokens) {
      return new Amount(tokens.all(), model.microDollars(tokens));
    }
  }

  /// What an item has spent or set aside; its attempts at the same time share it.
  private static final class Account {
    private int holders;
    private long tokens;
    private long microDollars;

    Account(Guest guest) {
      var before = guest.spent();
      tokens = before.inputTokens() + before.outputTokens();
      microDollars = before.microDollars();
    }
  }

  /// One attempt's hand in its item's budget and the day's.
  final class Purse implements AutoCloseable {
    private final Guest guest;
    private final Account account;
    private boolean closed;

    private Purse(Guest guest, Account account) {
      this.guest = guest;
      this.account = account;
    }

    /// Sets an amount aside.
    ///
    /// @return why that is more than is left
    Optional<Trouble> reserve(Amount amount) {
      synchronized (Budgets.this) {
        var over = over(account, amount, most.get());
        if (over.isEmpty()) {
          add(amount, 1);
        }
        return over;
      }
    }

    /// Turns what was set aside into what it really cost.
    void settle(Amount amount, String model, Wire.Tokens tokens, long microDollars) {
      synchronized (Budgets.this) {
        add(amount, -1);
        account.tokens += tokens.all();
        account.microDollars += microDollars;
        if (tokens.all() > 0) {
          ledger.add(guest, model, tokens, microDollars);
        }
      }
    }

    private void add(Amount amount, int sign) {
      account.tokens += sign * amount.tokens();
      account.microDollars += sign * amount.microDollars();
      setAsideToday += sign * amount.microDollars();
    }

    @Override
    public void close() {
      synchronized (Budgets.this) {
        if (!closed && --account.holders == 0) {
          accounts.remove(guest.item());
        }
        closed = true;
      }
    }
  }

  synchronized Purse open(Guest guest) {
    var account = accounts.computeIfAbsent(guest.item(), _ -> new Account(guest));
    account.holders++;
    return new Purse(guest, account);
  }

  private Optional<Trouble> over(Account account, Amount amount, Most limits) {
    if (isOver(account.microDollars, amount.microDollars(), limits.itemMicroDollars())) {
      var words = money(account.microDollars, amount.microDollars(), limits.itemMicroDollars());
      return Optional.of(spent("this item's budget", words, "policy.budgets.item.usd"));
    }
    if (isOver(account.tokens, amount.tokens(), limits.itemTokens())) {
      var words =
          "%d of %d tokens, and the next call may take %d"
              .formatted(account.tokens, limits.itemTokens(), amount.tokens());
      return Optional.of(spent("this item's budget", words, "policy.budgets.item.tokens"));
    }
    var today = ledger.today() + setAsideToday;
    if (isOver(today, amount.microDollars(), limits.dayMicroDollars())) {
      var words = money(today, amount.microDollars(), limits.dayMicroDollars());
      return Optional.of(
          new Trouble(
              FailureKind.QUOTA,
              "today's budget for all items is spent: %s; it goes on tomorrow (UTC), or once a"
                      .formatted(words)
                  + " person raises policy.budgets.day.usd and retries the item",
              Optional.of(ledger.untilTomorrow())));
    }
    return Optional.empty();
  }

  private static boolean isOver(long used, long more, long limit) {
    return limit > 0 && more > limit - used;
  }

  private static Trouble spent(String what, String words, String key) {
    return new Trouble(
        FailureKind.QUOTA,
        "%s is spent: %s; a person has to retry the item, which gives it the same again, or raise %s"
            .formatted(what, words, key),
        Optional.empty());
  }

  private static String money(long used, long more, long limit) {
    return String.format(
        Locale.ROOT,
        "$%.2f of $%.2f, and the next call may cost $%.2f",
        used / 1e6,
        limit / 1e6,
        more / 1e6);
  }
}
