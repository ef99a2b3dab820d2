package dev.mall.order;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules inside order-service; those between services are in tests/system. */
@AnalyzeClasses(packagesOf = OrderApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule noneButAdaptersKnowAdapters =
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
  static final ArchRule theModelKnowsNoUseCase =
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
