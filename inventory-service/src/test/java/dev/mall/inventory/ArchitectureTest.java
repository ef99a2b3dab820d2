package dev.mall.inventory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules inside inventory-service; those between services are in tests/system. */
@AnalyzeClasses(packagesOf = InventoryApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule stockKnowsNothingOfPrices =
      noClasses()
          .that()
          .resideInAPackage("..stock..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..catalogue..", "dev.mall.money..");

  @ArchTest
  static final ArchRule onlyTheConsumerReservesUnderALock =
      noClasses()
          .that()
          .resideOutsideOfPackage("..messaging..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.mall.locking..")
          .because("a lock is taken before the transaction and freed after it");

  @ArchTest
  static final ArchRule rulesAreFunctionsOverRecords =
      classes()
          .that()
          .haveNameMatching(
              ".*\\.(StockRules|StockWorkingCopy|Reservation|StockLevel|StockChange)(\\$.*)?")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "org.jspecify..", "dev.mall.contracts..", "dev.mall.inventory.stock..");
}
