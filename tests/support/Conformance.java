// Asks veraPDF whether each file named is PDF/A-3a and PDF/UA-1, and prints what it has against it.
import java.io.FileInputStream;
import org.verapdf.core.*;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.*;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.*;

public class Conformance {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        VeraPDFFoundry foundry = Foundries.defaultInstance();
        boolean whole = true;
        for (String file : files) {
            for (PDFAFlavour flavour : new PDFAFlavour[] {PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1}) {
                try (PDFAParser parser = foundry.createParser(new FileInputStream(file), flavour)) {
                    ValidationResult result = foundry.createValidator(flavour, false).validate(parser);
                    System.out.println(file + " " + flavour.getId() + " " + (result.isCompliant() ? "conforms" : "does not conform"));
                    for (TestAssertion fault : result.getTestAssertions()) {
                        if (fault.getStatus() == TestAssertion.Status.FAILED) {
                            System.out.println("  " + fault.getRuleId() + " " + fault.getMessage());
                        }
                    }
                    whole &= result.isCompliant();
                }
            }
        }
        System.exit(whole ? 0 : 1);
    }
}
