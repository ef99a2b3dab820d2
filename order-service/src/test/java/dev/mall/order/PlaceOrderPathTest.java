package dev.mall.order;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaTypeVariable;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files to read for the path of an order from HTTP to the commit. Calls are followed from
 * {@code OrderController.place}, through interfaces into their implementations and through
 * constructors, which hand methods to threads.
 */
class PlaceOrderPathTest {

  private static final String BATCHER = "dev.mall.messaging.batch";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.mall.order", BATCHER, "dev.mall.messaging.outbox");

  /** They receive the request, or the order that it becomes. */
  private static final Set<String> PATH =
      Set.of(
          "OrderController",
          "PlaceOrderRequest",
          BATCHER,
          "PlaceOrders",
          "PlacementRules",
          "PlacementStore",
          "Outbox");

  /** They are called with neither: for a decision, a query, a notification or the outcome. */
  private static final Set<String> ASIDE =
      Set.of(
          "Admission",
          "CatalogueReadiness",
          "DeclinedPayments",
          "FindOrders",
          "StoredOrder",
          "CommitNotifications",
          "CommitNotifier",
          "CommittedRows",
          "OutcomeWaiter",
          "OrderStates",
          "Preferences");

  private static final Set<String> FORMS_OF_AN_ORDER =
      Set.of(
          "PlaceOrderRequest",
          "PlaceOrder",
          "Placement",
          "KnownRequest",
          "Order",
          "OutboundMessage");

  @Test
  void leadsThroughSixFilesAndTheBatcher() {
    assertThat(files(PlaceOrderPathTest::receivesAnOrder))
        .containsExactlyInAnyOrderElementsOf(PATH)
        .hasSize(7);
  }

  @Test
  void asksNoOtherFileThanTheseOnTheWay() {
    assertThat(files(_ -> true))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(PATH, ASIDE).flatMap(Set::stream).collect(toCollection(TreeSet::new)));
  }

  /** Values apart, except for the one that HTTP is read into. */
  private static Set<String> files(Predicate<JavaCodeUnit> which) {
    return reached().stream()
        .filter(unit -> isPlaceOrderRequest(unit.getOwner()) || !isValue(unit.getOwner()))
        .filter(unit -> isPlaceOrderRequest(unit.getOwner()) || which.test(unit))
        .map(unit -> file(unit.getOwner()))
        .collect(toCollection(TreeSet::new));
  }

  private static boolean isPlaceOrderRequest(JavaClass type) {
    return type.getSimpleName().equals("PlaceOrderRequest");
  }

  private static boolean isValue(JavaClass type) {
    return type.isRecord()
        || type.isEnum()
        || type.isInterface()
        || type.isAssignableTo(Throwable.class);
  }

  private static String file(JavaClass type) {
    return type.getPackageName().equals(BATCHER)
        ? BATCHER
        : type.getEnclosingClass().map(PlaceOrderPathTest::file).orElse(type.getSimpleName());
  }

  private static boolean receivesAnOrder(JavaCodeUnit unit) {
    return unit.getParameterTypes().stream()
        .anyMatch(parameter ->
            parameter instanceof JavaTypeVariable<?>
                || parameter.getAllInvolvedRawTypes().stream()
                    .anyMatch(type -> FORMS_OF_AN_ORDER.contains(type.getSimpleName())));
  }

  private static Set<JavaCodeUnit> reached() {
    var reached = new HashSet<JavaCodeUnit>();
    var next = new ArrayDeque<JavaCodeUnit>();
    CLASSES.get("dev.mall.order.web.OrderController").getMethods().stream()
        .filter(method -> method.getName().equals("place"))
        .forEach(next::add);
    while (!next.isEmpty()) {
      var unit = next.pop();
      if (reached.add(unit)) {
        targets(unit)
            .filter(target -> CLASSES.contain(target.getOwner().getName()))
            .forEach(next::add);
      }
    }
    return reached;
  }

  private static Stream<JavaCodeUnit> targets(JavaCodeUnit unit) {
    var called =
        unit.getCallsFromSelf().stream().flatMap(call -> call.getTarget().resolveMember().stream());
    var referenced =
        Stream.concat(
                unit.getMethodReferencesFromSelf().stream(),
                unit.getConstructorReferencesFromSelf().stream())
            .flatMap(reference -> reference.getTarget().resolveMember().stream());
    return Stream.of(called, referenced, unit.getOwner().getConstructors().stream())
        .flatMap(units -> units)
        .flatMap(PlaceOrderPathTest::withImplementations);
  }

  private static Stream<JavaCodeUnit> withImplementations(JavaCodeUnit unit) {
    var parameters =
        unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    var implementations =
        unit.getOwner().getAllSubclasses().stream()
            .flatMap(type -> type.tryGetMethod(unit.getName(), parameters).stream());
    return Stream.concat(Stream.of(unit), implementations);
  }
}
