"""What the database itself holds to, in its own words. Django puts these into the migrations from the models."""

PROVIDER_FIRST_AND_SAME_PAPER = """
IF NEW.side = 'council' AND NOT EXISTS (
    SELECT 1 FROM placements_signature WHERE contract_id = NEW.contract_id AND side = 'provider'
) THEN
    RAISE EXCEPTION 'The council signs after the provider.' USING ERRCODE = 'check_violation';
END IF;
IF NEW.agreement_hash IS DISTINCT FROM (
    SELECT sha256 FROM placements_original WHERE contract_id = NEW.contract_id AND kind = 'agreement'
) THEN
    RAISE EXCEPTION 'What is signed must be the agreement that was issued.' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
