package dev.mall.order;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What holds inside order-service; what holds between services is tested in system-tests. */
@AnalyzeClasses(packagesOf = OrderApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule nobodyKnowsTheEdges =
      noClasses()
          .that()
          .resideOutsideOfPackages("..web..", "..messaging..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.mall.order.web..", "dev.mall.order.messaging..");

  @ArchTest
  static final ArchRule theCatalogueKnowsNoOrders =
      noClasses()
          .that()
          .resideInAPackage("..catalogue..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.mall.order", "dev.mall.order.place..");

  @ArchTest
  static final ArchRule ordersKnowNothingOfHowTheyCame =
      noClasses()
          .that()
          .resideInAPackage("dev.mall.order")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..place..", "..settle..", "..republish..", "..query..", "..catalogue..");

  @ArchTest
  static final ArchRule rulesAreFunctionsOverRecords =
      classes()
          .that()
          .haveNameMatching(
              ".*\\.(SettlementRules|PlacementRules|Pricing|Order|OrderState)(\\$.*)?")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "dev.mall.contracts..",
              "dev.mall.messaging..",
              "dev.mall.money..",
              "dev.mall.order",
              "dev.mall.order.catalogue",
              "dev.mall.order.place",
              "dev.mall.order.settle");
}
