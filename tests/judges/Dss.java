import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlObjectModification;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfDifferencesFinder;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxDefaultObjectFactory;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges signed PDFs with DSS, offline. Each line read names a PDF and the certificates to trust (DER or PEM), with tabs
 * between; each line written is a verdict, as JSON. It ends with its input. {@code dss.py} keeps it and says what is in a
 * verdict.
 */
public final class Dss {
    public static void main(String[] arguments) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        // Verdicts alone go to the standard output: what a library prints goes elsewhere.
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            out.println(json(verdict(List.of(line.split("\t")))));
        }
    }

    private static Map<String, Object> verdict(List<String> names) {
        try {
            var validator = new PDFDocumentValidator(new FileDocument(new File(names.get(0))));
            validator.setPdfObjFactory(factory());
            validator.setEnableEtsiValidationReport(false);
            validator.setCertificateVerifier(verifier(names.subList(1, names.size())));
            return told(validator.validateDocument());
        } catch (Exception | StackOverflowError error) {
            return Map.of("refused", error.toString(), "signatures", List.of(), "timestamps", List.of());
        }
    }

    /** Trusts what is named and fetches nothing: certificates and revocation data come from the file alone. */
    private static CommonCertificateVerifier verifier(List<String> roots) {
        var trusted = new CommonTrustedCertificateSource();
        for (String root : roots) {
            trusted.addCertificate(DSSUtils.loadCertificate(new File(root)));
        }
        var verifier = new CommonCertificateVerifier(true);
        verifier.setTrustedCertSources(trusted);
        verifier.setAIASource(null);
        verifier.setCrlSource(null);
        verifier.setOcspSource(null);
        return verifier;
    }

    /** Compares objects, not pictures of pages: those take seconds a file, and by the default policy decide nothing. */
    private static PdfBoxDefaultObjectFactory factory() {
        var finder = new DefaultPdfDifferencesFinder();
        finder.setMaximalPagesAmountForVisualComparison(0);
        var factory = new PdfBoxDefaultObjectFactory();
        factory.setPdfDifferencesFinder(finder);
        return factory;
    }

    private static Map<String, Object> told(Reports reports) {
        var report = reports.getSimpleReport();
        var signatures = new ArrayList<Object>();
        for (SignatureWrapper signature : reports.getDiagnosticData().getSignatures()) {
            var about = judged(report, signature.getId());
            about.put("field", signature.getFirstFieldName());
            about.put("level", report.getSignatureFormat(signature.getId()).toString());
            about.put("by", report.getSignedBy(signature.getId()));
            about.put("unexplained", signature.getPdfUndefinedChanges().stream().map(XmlObjectModification::getValue).toList());
            signatures.add(about);
        }
        var timestamps = new ArrayList<Object>();
        for (TimestampWrapper timestamp : reports.getDiagnosticData().getTimestampList()) {
            var about = judged(report, timestamp.getId());
            about.put("kind", timestamp.getType().toString());
            timestamps.add(about);
        }
        return Map.of("refused", "", "signatures", signatures, "timestamps", timestamps);
    }

    private static Map<String, Object> judged(SimpleReport report, String id) {
        var about = new TreeMap<String, Object>();
        about.put("indication", text(report.getIndication(id)));
        about.put("because", text(report.getSubIndication(id)));
        about.put("errors", report.getAdESValidationErrors(id).stream().map(Message::getValue).toList());
        about.put("warnings", report.getAdESValidationWarnings(id).stream().map(Message::getValue).toList());
        return about;
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            var parts = map.entrySet().stream().map(each -> json(each.getKey()) + ": " + json(each.getValue()));
            return "{" + String.join(", ", parts.toList()) + "}";
        }
        if (value instanceof List<?> list) {
            return "[" + String.join(", ", list.stream().map(Dss::json).toList()) + "]";
        }
        if (value instanceof Boolean) {
            return value.toString();
        }
        var quoted = new StringBuilder("\"");
        text(value).chars().forEach(each ->
            quoted.append(each < ' ' || each == '"' || each == '\\' ? String.format("\\u%04x", each) : (char) each));
        return quoted.append('"').toString();
    }
}
