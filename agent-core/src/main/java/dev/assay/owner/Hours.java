package dev.assay.owner;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The times of the week at which work may begin, by the clock on the wall: any of the windows.
 *
 * @param windows none if it may begin at all times
 */
public record Hours(List<Window> windows) {
  /** At all times. */
  public static final Hours ALWAYS = new Hours(List.of());

  private static final int DAY_MINUTES = 24 * 60;
  private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
  private static final String DAYS = DAY + "(?:-" + DAY + ")?";
  private static final String TIME = "([0-9]{1,2}):([0-9]{2})";
  private static final Pattern FORM =
      Pattern.compile("(" + DAYS + "(?:," + DAYS + ")*)?(?: ?" + TIME + "-" + TIME + ")?");

  /** Copies the list. */
  public Hours {
    windows = List.copyOf(windows);
  }

  /**
   * One window: from a time of each of these days to a later one, or to one of the day after if it
   * is not later.
   *
   * @param days on which it begins
   * @param from minutes of the day
   * @param to minutes of the day, at most 1440
   * @param text as the owner wrote it
   */
  public record Window(Set<DayOfWeek> days, int from, int to, String text) {
    /** Copies the set. */
    public Window {
      days = Set.copyOf(days);
    }

    boolean holds(LocalDateTime time) {
      int minute = time.getHour() * 60 + time.getMinute();
      DayOfWeek day = time.getDayOfWeek();
      if (from < to) {
        return days.contains(day) && minute >= from && minute < to;
      }
      return (days.contains(day) && minute >= from) || (days.contains(day.minus(1)) && minute < to);
    }
  }

  /**
   * Reads a window such as {@code Mon-Fri 18:00-08:00}, {@code Sat,Sun} or {@code 22:00-06:00};
   * empty if it is none. Without days it is one of each day, without times one of whole days.
   */
  public static Optional<Window> window(String text) {
    Matcher form = FORM.matcher(text);
    if (text.isEmpty() || !form.matches()) {
      return Optional.empty();
    }
    Set<DayOfWeek> days =
        form.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(form.group(1));
    if (form.group(2) == null) {
      return Optional.of(new Window(days, 0, DAY_MINUTES, text));
    }
    Optional<Integer> from = minutes(form.group(2), form.group(3));
    Optional<Integer> to = minutes(form.group(4), form.group(5));
    if (from.isEmpty() || to.isEmpty() || from.equals(to) || from.get() == DAY_MINUTES) {
      return Optional.empty();
    }
    return Optional.of(new Window(days, from.get(), to.get(), text));
  }

  /** Whether work may begin at this time. */
  public boolean hold(LocalDateTime time) {
    return windows.isEmpty() || windows.stream().anyMatch(window -> window.holds(time));
  }

  @Override
  public String toString() {
    return windows.stream().map(Window::text).collect(Collectors.joining(", "));
  }

  private static Set<DayOfWeek> days(String list) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String range : list.split(",", -1)) {
      DayOfWeek last = day(range.substring(range.length() - 3));
      DayOfWeek day = day(range.substring(0, 3));
      while (day != last) {
        days.add(day);
        day = day.plus(1);
      }
      days.add(last);
    }
    return days;
  }

  private static DayOfWeek day(String word) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.name().startsWith(word.toUpperCase(Locale.ROOT))) {
        return day;
      }
    }
    throw new IllegalArgumentException("no day of the week begins with " + word);
  }

  private static Optional<Integer> minutes(String hour, String minute) {
    int minutes = Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
    return Integer.parseInt(minute) < 60 && minutes <= DAY_MINUTES
        ? Optional.of(minutes)
        : Optional.empty();
  }
}
