package dev.mall.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Findings of a fuzz run, grouped: of each kind the number and a sample. */
final class Violations {

  private final Map<String, List<String>> samples = new TreeMap<>();

  synchronized void add(String kind, String sample) {
    samples.computeIfAbsent(kind, _ -> new ArrayList<>()).add(sample);
  }

  synchronized boolean isEmpty() {
    return samples.isEmpty();
  }

  @Override
  public synchronized String toString() {
    return samples.entrySet().stream()
        .map(it ->
            "%d x %s%n%s".formatted(it.getValue().size(), it.getKey(), it.getValue().getFirst()))
        .collect(Collectors.joining("\n\n"));
  }
}
