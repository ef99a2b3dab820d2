package dev.mall.conventions;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The sizes and names that main sources keep to; each method returns its violations. */
final class CodeConventions {

  private static final int FILES_PER_PACKAGE = 14;
  private static final int LINES_PER_FILE = 300;
  private static final int CONSTRUCTOR_PARAMETERS = 6;

  private CodeConventions() {}

  static List<String> crowdedPackages(List<JavaSource> sources) {
    return sources.stream()
        .filter(source -> !source.isPackageInfo())
        .collect(groupingBy(JavaSource::folder, TreeMap::new, counting()))
        .entrySet()
        .stream()
        .filter(folder -> folder.getValue() > FILES_PER_PACKAGE)
        .map(folder -> folder.getKey() + ": " + folder.getValue() + " files")
        .toList();
  }

  static List<String> longFiles(List<JavaSource> sources) {
    return sources.stream()
        .filter(source -> source.lines() >= LINES_PER_FILE)
        .map(source -> source.path() + ": " + source.lines() + " lines")
        .toList();
  }

  static List<String> longConstructors(List<JavaSource> sources) {
    return sources.stream()
        .flatMap(source ->
            source.constructors().stream()
                .map(constructor -> constructor.getParameters().size())
                .filter(count -> count > CONSTRUCTOR_PARAMETERS)
                .map(count -> source.path() + ": " + count + " parameters"))
        .toList();
  }

  /** Top-level types of one name in several packages. */
  static List<String> ambiguousNames(List<JavaSource> sources) {
    Map<String, Set<String>> folders = new TreeMap<>();
    sources.forEach(source ->
        source
            .topLevelTypes()
            .forEach(
                type -> folders.computeIfAbsent(type, _ -> new TreeSet<>()).add(source.folder())));
    return folders.entrySet().stream()
        .filter(type -> type.getValue().size() > 1)
        .map(type -> type.getKey() + ": " + type.getValue())
        .toList();
  }

  static List<String> declaring(String method, List<JavaSource> sources) {
    return named(sources.stream().filter(source -> source.methodNames().contains(method)));
  }

  /** Services and common modules only: tools pump streams and play customers, the lab has nodes. */
  static List<String> startingThreads(List<JavaSource> sources) {
    return named(
        sources.stream()
            .filter(source -> !source.path().matches("(?:tools|tests|lab)/.*"))
            .filter(JavaSource::startsThreads));
  }

  private static List<String> named(Stream<JavaSource> sources) {
    return sources.map(source -> source.fileName().replace(".java", "")).sorted().toList();
  }
}
