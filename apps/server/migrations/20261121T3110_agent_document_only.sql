-- why:   what an agent is stands in its versions only; the columns that held it before would be a second truth
-- locks: agent briefly (dropped columns: no rewrite)
-- breaks older nodes: yes, they read these columns; Earshot has not been released yet

alter table agent
  drop column languages, drop column instructions, drop column handoff_phrases, drop column provider, drop column base_url,
  drop column model, drop column temperature, drop column max_output_tokens, drop column input_price_per_million, drop column output_price_per_million;
